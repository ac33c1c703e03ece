import { integer, longOrDouble, strongerType, toNumber } from "./number.ts";
import { DOUBLE, INT } from "./types.ts";
import { double, type Numeric } from "./values.ts";

/**
 * A running sum. Integers are summed exactly; the rounding errors of doubles are carried along (Neumaier), so that
 * 0.1 + 0.2 + 0.3 is 0.6, as in MongoDB. The type of the result is the strongest of the summands; decimals are refused.
 */
export class Sum {
	count = 0;
	private type = INT;
	private small = 0;
	private large = 0n;
	private doubles = 0;
	private lost = 0;

	add(value: Numeric): void {
		this.count++;
		const type = strongerType(value, 0);
		if (type !== INT && this.type !== DOUBLE) this.type = type;
		if (type === DOUBLE) this.addDouble(toNumber(value));
		else if (typeof value === "bigint") this.large += value;
		else this.addInt(value as number);
	}

	total(): Numeric {
		const whole = this.large + BigInt(this.small);
		if (this.type === DOUBLE) return double(this.withDoubles(Number(whole)));
		return this.type === INT ? integer(whole) : longOrDouble(whole);
	}

	/** Small sums are exact as numbers, and much faster. */
	private addInt(value: number): void {
		if (Number.isSafeInteger(this.small + value)) {
			this.small += value;
		} else {
			this.large += BigInt(this.small) + BigInt(value);
			this.small = 0;
		}
	}

	private addDouble(value: number): void {
		const sum = this.doubles + value;
		if (Number.isFinite(sum)) this.lost += lostBy(this.doubles, value, sum);
		this.doubles = sum;
	}

	private withDoubles(whole: number): number {
		const sum = this.doubles + whole;
		return Number.isFinite(sum) ? sum + this.lost + lostBy(this.doubles, whole, sum) : sum;
	}
}

/** What rounding took from a sum of two. */
const lostBy = (a: number, b: number, sum: number): number => (Math.abs(a) >= Math.abs(b) ? a - sum + b : b - sum + a);
