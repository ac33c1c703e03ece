import { toDecimal128 } from "./decimal.ts";
import { add, integer, longOrDouble, strongerType } from "./number.ts";
import { DOUBLE, INT, LONG, numericType } from "./types.ts";
import { Decimal128, Double, double, type Numeric } from "./values.ts";

/**
 * A running sum. Integers are summed exactly; the rounding errors of doubles are carried along (Neumaier), so that
 * 0.1 + 0.2 + 0.3 is 0.6, as in MongoDB. The type of the result is the strongest of the summands.
 */
export class Sum {
	count = 0;
	private strongest: Numeric = 0;
	private small = 0;
	private large = 0n;
	private doubles = 0;
	private lost = 0;
	private decimals: Numeric | undefined;

	add(value: Numeric): void {
		this.count++;
		if (typeof value === "number" && numericType(value) === INT) {
			this.small += value;
			if (!Number.isSafeInteger(this.small)) this.fold(value);
			return;
		}
		if (strongerType(value, this.strongest) === numericType(value)) this.strongest = value;
		if (typeof value === "bigint") this.large += value;
		else if (value instanceof Decimal128)
			this.decimals = this.decimals === undefined ? value : add(this.decimals, value);
		else this.addDouble(value instanceof Double ? value.value : value);
	}

	total(): Numeric {
		const whole = this.large + BigInt(this.small);
		switch (numericType(this.strongest)) {
			case INT:
				return integer(whole);
			case LONG:
				return longOrDouble(whole);
			case DOUBLE:
				return double(this.withDoubles(Number(whole)));
			default:
				return this.withDecimals(whole);
		}
	}

	/** The last summand left the range of exact small sums: moves everything to the bigint. */
	private fold(value: number): void {
		this.large += BigInt(this.small - value) + BigInt(value);
		this.small = 0;
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

	private withDecimals(whole: bigint): Numeric {
		let sum = add(this.decimals ?? 0, toDecimal128({ coefficient: whole, exponent: 0 }));
		if (this.doubles !== 0) sum = add(sum, double(this.doubles + this.lost));
		return sum;
	}
}

/** What rounding took from a sum of two. */
const lostBy = (a: number, b: number, sum: number): number => (Math.abs(a) >= Math.abs(b) ? a - sum + b : b - sum + a);
