/** What is wrong with the values of one document: people's data and other fields' values in the wrong place, times, ids. */
import { toBeijing } from "../../../config/beijing.ts";
import type { Words } from "../../../services/erp/format.ts";
import { formsOf, type Leaf, leavesOf } from "./leaves.ts";
import { type Mark, places } from "./places.ts";
import type { MappingProblem, MappingTarget, ProblemCode } from "./problem.ts";
import { marks } from "./trial-order.ts";
import type { Variant } from "./variants.ts";

const peoples: readonly Mark[] = ["name", "phone", "address", "nick", "openId", "cipher", "platformKey"];
const times: readonly Mark[] = [
	"placedAt",
	"paidAt",
	"modifiedAt",
	"shipDeadline",
	"appliedAt",
	"deadline",
	"afterModifiedAt",
];

/** How each is called in a mapping. */
const inputs: Readonly<Record<Mark, string>> = {
	name: "order.receiver.name",
	phone: "order.receiver.phone",
	address: "order.receiver.address",
	province: "order.receiver.province",
	city: "order.receiver.city",
	district: "order.receiver.district",
	town: "order.receiver.town",
	cipher: "order.receiver.cipher",
	platformKey: "order.receiver.platformKey",
	nick: "order.buyer.nick",
	openId: "order.buyer.openId",
	buyerMemo: "order.memo.buyer",
	sellerMemo: "order.memo.seller",
	placedAt: "order.placedAt",
	paidAt: "order.paidAt",
	modifiedAt: "order.modifiedAt",
	shipDeadline: "order.shipDeadline",
	appliedAt: "aftersale.appliedAt",
	deadline: "aftersale.deadline",
	afterModifiedAt: "aftersale.modifiedAt",
	orderNo: "order.orderNo",
	aftersaleNo: "aftersale.aftersaleNo",
	reason: "aftersale.reason",
	title: "title",
	trackingNo: "aftersale.returnParcel.trackingNo",
	hubId: "order._id",
	hubAftersaleId: "aftersale._id",
};

/** Remarks, codes and the names of goods are read by many and kept for ever. */
const forOthers =
	/(remark|memo|note|message|comment|desc|code|sku|title|spec|goods|item|reason|flags?|(^|[._])no|No)(\[\])?$/i;

/** Fields of codes that are the seller's own. */
const forMerchantCode = /combo|outer|ext/i;

export function wrongValues(
	document: unknown,
	{ order, aftersale }: Variant,
	target: MappingTarget | null,
): MappingProblem[] {
	const known = target ? (places[`${target.dialect}/${target.kind}`] ?? {}) : {};
	const own: Readonly<Record<string, string>> = { ...marks, hubId: order._id, hubAftersaleId: aftersale?._id ?? "" };
	const isFree = !target || target.dialect === "generic";
	const merchantCodes = new Set(isFree ? [] : order.erpLines.map(({ outerSku }) => outerSku));
	return leavesOf(document).flatMap(({ field, value }) => {
		if (typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER) return [lostDigits(field)];
		if (typeof value !== "string" || value === "") return [];
		const held = (Object.keys(inputs) as Mark[]).filter((mark) => own[mark] && holds(value, mark, own[mark]));
		const wanted = known[field];
		const strangers = held.filter((mark) => peoples.includes(mark) && !wanted?.includes(mark));
		const stray = strangers.filter(() => wanted || (isFree ? forOthers.test(field) : true));
		return [
			...stray.map((mark) => outOfPlace(field, mark, wanted)),
			...(wanted && !stray.length ? missed(field, wanted, held, order, aftersale) : []),
			...inUtc({ field, value }),
			...(merchantCodes.has(value) && !forMerchantCode.test(field) ? [merchantCode(field)] : []),
		];
	});
}

/** Lines that are off, by their SKU, in a document whose lines the hub cannot read otherwise. */
export function strayLines(document: unknown, { order }: Variant): MappingProblem[] {
	const off = order.erpLines.filter(({ status, refund }) => status === "CLOSED" || refund === "DONE");
	const skus = new Set(off.map(({ erpSku }) => erpSku));
	const fields = leavesOf(document).flatMap(({ field, value }) => (skus.has(String(value)) ? [field] : []));
	return [...new Set(fields)].map((field) =>
		problem("LINES", field, {
			zh: '已关闭（status = "CLOSED"）或已退款（refund = "DONE"）的行不能发货',
			en: 'lines closed (status = "CLOSED") or refunded (refund = "DONE") are not delivered',
		}),
	);
}

/** Without these the goods do not find their way, or nobody who reads the document finds the order. */
const needed: readonly Mark[] = [
	"name",
	"phone",
	"address",
	"platformKey",
	"buyerMemo",
	"sellerMemo",
	"orderNo",
	"hubId",
];

/** Of what such a document should tell, what stands nowhere in it. Only for a variant that has all of it. */
export function untold(
	document: unknown,
	{ order, aftersale }: Variant,
	{ dialect, kind }: MappingTarget,
): MappingProblem[] {
	const known = places[`${dialect}/${kind}`] ?? {};
	const texts = leavesOf(document).flatMap(({ value }) => (typeof value === "string" ? [value] : []));
	const own: Readonly<Record<string, string>> = { ...marks, hubId: order._id, hubAftersaleId: aftersale?._id ?? "" };
	const forms = formsOf(document);
	return needed.flatMap((mark) => {
		const [field] = Object.entries(known).find(([, wanted]) => wanted.includes(mark)) ?? [];
		// A generic document may have another layout; what it has of the usual one it should fill.
		const isHers = dialect !== "generic" || (field?.includes(".") && forms.has(field.slice(0, field.lastIndexOf("."))));
		if (!field || !isHers || texts.some((text) => text.includes(own[mark] ?? ""))) return [];
		const words = {
			zh: `单据中没有 ${inputs[mark]}，通常放在这里`,
			en: `${inputs[mark]} stands nowhere in the document; this is the field for it`,
		};
		return [{ ...problem("VANISHES", field, words), level: "warning" as const }];
	});
}

/** Only what the order has can be there. */
function missed(
	field: string,
	wanted: readonly Mark[],
	held: readonly Mark[],
	order: Variant["order"],
	aftersale: Variant["aftersale"],
): MappingProblem[] {
	const there = wanted.filter((mark) => isThere(mark, order, aftersale));
	const lacks = there.filter((mark) => !held.includes(mark));
	if (!lacks.length) return [];
	const instead = held.filter((mark) => !wanted.includes(mark));
	return [misplaced(field, lacks, instead)];
}

function isThere(mark: Mark, order: Variant["order"], aftersale: Variant["aftersale"]): boolean {
	const path = inputs[mark].split(".");
	if (mark === "title") return true;
	const found = path.reduce<unknown>((at, name) => (Object(at) as Record<string, unknown>)[name], { order, aftersale });
	const own = mark in marks ? marks[mark as keyof typeof marks] : found;
	return found instanceof Date ? found.toISOString() === own : found === own;
}

function holds(value: string, mark: Mark, own: string): boolean {
	if (!times.includes(mark)) return value.includes(own);
	return value.includes(toBeijing(new Date(own)).slice(0, 10)) || value.startsWith(own.slice(0, 19));
}

/** Told by the day, which differs between UTC and Beijing in all of these; what says its zone is right wherever it is. */
function inUtc({ field, value }: Leaf & { value: string }): MappingProblem[] {
	if (/T\d\d:\d\d(:\d\d)?(\.\d+)?Z$/.test(value)) return [];
	const mark = times.find((each) => value.includes(marks[each as keyof typeof marks].slice(0, 10)));
	if (!mark || times.some((each) => holds(value, each, marks[each as keyof typeof marks]))) return [];
	return [
		problem("TIME_ZONE", field, {
			zh: `${inputs[mark]} 是 UTC，这里应为北京时间：请用 $day、$time 或 $iso`,
			en: `${inputs[mark]} stands here in UTC, not in Beijing time: use $day, $time or $iso`,
		}),
	];
}

const lostDigits = (field: string): MappingProblem =>
	problem("ID_AS_NUMBER", field, {
		zh: "数字超过 2^53，编号会丢失位数：请保留为文本",
		en: "the number is beyond 2^53, so that an id loses digits: leave it as text",
	});

const merchantCode = (field: string): MappingProblem =>
	problem("LINES", field, {
		zh: "这是平台上的商家编码 outerSku：ERP 商品请用 order.erpLines 的 erpSku",
		en: "this is the merchant code of the platform, outerSku: for the ERP's SKU use erpSku of order.erpLines",
	});

const outOfPlace = (field: string, mark: Mark, wanted?: readonly Mark[]): MappingProblem =>
	problem(wanted ? "MISPLACED" : "PEOPLE", field, {
		zh: `${inputs[mark]} 是个人信息，不应放在这里${wanted ? `，应为 ${wanted.map((each) => inputs[each]).join("、")}` : ""}`,
		en: `${inputs[mark]} is a person's and does not belong here${wanted ? `, but ${wanted.map((each) => inputs[each]).join(", ")}` : ""}`,
	});

function misplaced(field: string, lacks: readonly Mark[], instead: readonly Mark[]): MappingProblem {
	const names = (all: readonly Mark[], by: string): string => all.map((each) => inputs[each]).join(by);
	return problem("MISPLACED", field, {
		zh: `应含 ${names(lacks, "、")}${instead.length ? `，现在是 ${names(instead, "、")}` : "，现在没有"}`,
		en: `it is for ${names(lacks, ", ")}${instead.length ? `, and has ${names(instead, ", ")}` : ", which it has not"}`,
	});
}

const problem = (code: ProblemCode, field: string, words: Words): MappingProblem => ({
	level: "error",
	code,
	field,
	line: null,
	column: null,
	words: { zh: `${field}：${words.zh}`, en: `${field}: ${words.en}` },
});
