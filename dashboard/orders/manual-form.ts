/** The form of an order entered by hand, and what the server is told of it. Pure. */
export interface LineForm {
	outerSku: string;
	title: string;
	spec: string;
	quantity: string;
	price: string; // yuan, of one piece
	discount: string; // yuan, of the whole line
	gift: boolean;
}

export interface ManualForm {
	shopId: string;
	receiver: Record<"name" | "phone" | "province" | "city" | "district" | "address", string>;
	buyer: string;
	seller: string;
	freight: string; // yuan
	lines: LineForm[];
}

export const emptyLine = (): LineForm => ({
	outerSku: "",
	title: "",
	spec: "",
	quantity: "1",
	price: "",
	discount: "",
	gift: false,
});

export const emptyForm = (): ManualForm => ({
	shopId: "",
	receiver: { name: "", phone: "", province: "", city: "", district: "", address: "" },
	buyer: "",
	seller: "",
	freight: "",
	lines: [emptyLine()],
});

/** "12.5" -> 1250; "" -> 0; NaN for what is no amount. */
export function fenOf(yuan: string): number {
	const text = yuan.trim();
	if (text === "") return 0;
	return /^\d{1,9}(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) : Number.NaN;
}

const pieces = (text: string): number => (/^[1-9]\d{0,5}$/.test(text.trim()) ? Number(text) : Number.NaN);

/** NaN while an amount is none. */
export const lineFen = ({ price, quantity, discount }: LineForm): number =>
	fenOf(price) * pieces(quantity) - fenOf(discount);

export const totalFen = ({ lines, freight }: ManualForm): number =>
	lines.reduce((sum, line) => sum + lineFen(line), fenOf(freight));

/** Nothing that must be there is missing, and every amount is one. */
export function isWhole(form: ManualForm): boolean {
	const { shopId, receiver, lines } = form;
	const needed = [shopId, receiver.name, receiver.phone, receiver.province, receiver.city, receiver.address];
	const codes = lines.map(({ outerSku }) => outerSku);
	return (
		[...needed, ...codes].every((text) => text.trim() !== "") && lines.every(costsSomething) && totalFen(form) >= 0
	);
}
const costsSomething = (line: LineForm): boolean => lineFen(line) >= 0;

/** As `POST /orders` takes it. */
export function orderOf({ shopId, receiver, buyer, seller, freight, lines }: ManualForm): object {
	return {
		shopId,
		receiver,
		memo: { buyer, seller },
		freightFen: fenOf(freight),
		lines: lines.map(({ price, discount, quantity, ...line }) => ({
			...line,
			quantity: pieces(quantity),
			priceFen: fenOf(price),
			discountFen: fenOf(discount),
		})),
	};
}
