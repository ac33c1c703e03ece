import { describe, expect, it } from "vitest";
import { lint } from "./lint.ts";

const found = (source: string): string[] =>
	lint(source, "aftersale", ["shopNo"]).problems.map(({ code, field }) => `${code} ${field}`);

describe("lint", () => {
	it.each([
		// lists of one line
		['{ "a": order.lines.{ "x": title } }', "COLLAPSE a"],
		['{ "a": $map(order.lines, function($l) {{ "x": $l.title }}) }', "COLLAPSE a"],
		['{ "a": $filter(order.lines, function($l) { $l.gift }) }', "COLLAPSE a"],
		['{ "a": order.lines[gift] }', "COLLAPSE a"],
		['($open := order.lines[$not(gift)]; { "a": { "b": $open.{ "x": title } } })', "COLLAPSE a.b"],
		// amounts
		['{ "a": order.money.paidFen / 100 }', "MONEY a"],
		['{ "a": 0.01 * order.money.paidFen }', "MONEY a"],
		['{ "a": [order.lines.(priceFen * quantity / 100)] }', "MONEY a[]"],
		['{ "a": $sum(order.lines.(paidFen / 100)) }', "MONEY a"],
		['($fen := order.money.paidFen; { "a": $string($fen / 100) })', "MONEY a"],
		['($f := function($fen) { $fen / 100 }; { "a": { "b": $f(order.money.freightFen) } })', "MONEY a.b"],
		['{ "a": order.money.paidFen }', "MONEY a"],
		['{ "a": order.money.paidFen & "" }', "MONEY a"],
		['{ "a": $yuan($yuan(order.money.paidFen)) }', "MONEY a"],
		['{ "a": $yuan(order.lines[0].quantity) }', "MONEY a"],
		// rounding
		['{ "a": $round(order.lines[0].paidFen / order.lines[0].quantity) }', "ROUNDING a"],
		['{ "a": order.money.paidFen ~> $formatNumber("0") }', "ROUNDING a"],
		['{ "a": $yuan(order.money.paidFen) + $yuan(order.money.freightFen) }', "ROUNDING a"],
		['{ "a": $sum(order.lines.$yuan(paidFen)) }', "ROUNDING a"],
		// times
		['{ "a": order.paidAt }', "TIME_ZONE a"],
		['{ "a": $substring(order.paidAt, 0, 10) }', "TIME_ZONE a"],
		['{ "a": $split(order.paidAt, "T")[0] }', "TIME_ZONE a"],
		['{ "a": order.paidAt & " +8" }', "TIME_ZONE a"],
		['{ "a": $fromMillis($toMillis(order.paidAt), "[Y0001]-[M01]-[D01]") }', "TIME_ZONE a"],
		['{ "a": $day(order.orderNo) }', "TIME_ZONE a"],
		['{ "a": $now() }', "UNSTABLE a"],
		['{ "a": "X" & $random() }', "UNSTABLE a"],
		// names
		['{ "a": order.recieverName }', "INPUT_FIELD order.recieverName"],
		['{ "a": order.receiver.mobile }', "INPUT_FIELD order.receiver.mobile"],
		['{ "a": [order.lines.{ "x": sku }] }', "INPUT_FIELD order.lines[].sku"],
		['{ "a": aftersale.returnParcel.company }', "INPUT_FIELD aftersale.returnParcel.company"],
		['($l := [order.lines.{ "sku": erpSku }]; { "a": [$l.{ "x": skuu }] })', "INPUT_FIELD skuu"],
		['{ "a": order.status = "PAID" }', "INPUT_FIELD a"],
		['{ "a": order.status in ["WAIT_SHIP", "WAIT_SHP"] }', "INPUT_FIELD a"],
		['{ "a": $lookup({ "RETURN": 1, "EXCHANGE": 2 }, aftersale.type) }', "INPUT_FIELD a"],
		['{ "a": cfg.shopNumber }', "SETTING cfg.shopNumber"],
		['{ "a": $yaun(order.money.paidFen) }', "NAME a"],
		['{ "a": $orderNumber }', "NAME a"],
		['{ "a": $yuan }', "FAILED a"],
		// what must not stand there
		['{ "a": order.receiver.cipher }', "PEOPLE a"],
		['{ "a": "13800138000" }', "CONSTANT a"],
		['{ "a": "电话 13800138000 张三" }', "CONSTANT a"],
		['{ "a": 13800138000 }', "CONSTANT a"],
		['{ "a": "330102199001011234" }', "CONSTANT a"],
		['{ "a": "someone@example.com" }', "CONSTANT a"],
		['{ "appSecret": "abc" }', "CONSTANT appSecret"],
		['{ "a": "a1B2c3D4e5F6a7B8c9D0e1F2" }', "CONSTANT a"],
		['{ "a": $number(order.lines[0].lineId) }', "ID_AS_NUMBER a"],
		['{ "a": order.orderNo * 1 }', "ID_AS_NUMBER a"],
		['{ "a": $replace(order.memo.buyer, /\\s/, "") }', "REGEX a"],
		['($unused := function($x) { $match($x, /a/) }; { "a": 1 })', "REGEX "],
	])("finds in %s: %s", (source, problem) => {
		expect(found(source)).toContain(problem);
	});

	it.each([
		'{ "a": [order.lines.{ "x": title }] }',
		'{ "a": order.lines[].{ "x": title } }',
		'{ "a": [$map(order.lines, function($l) {{ "x": $l.title }})] }',
		'{ "a": $reduce(order.lines, function($all, $l) { $append($all, [[0, 0, { "sku": $l.erpSku }]]) }, []) }',
		'{ "a": order.lines[0].title, "b": $count(order.lines), "c": $sum(order.lines.quantity) }',
		'{ "a": $yuan($sum(order.lines.paidFen) + order.money.freightFen), "b": $yuanText(order.money.paidFen) }',
		'{ "a": [order.lines.($over := paidFen % quantity; $yuan((paidFen - $over) / quantity))] }',
		'{ "a": [$share(order.money.freightFen, order.lines.paidFen).$yuanText($)] }',
		'{ "a": $day(order.paidAt ? order.paidAt : order.placedAt), "b": order.paidAt ~> $iso, "c": $time(order.placedAt) }',
		'{ "a": $fromMillis($toMillis(order.paidAt), "[Y0001]-[M01]-[D01]", "+0800") }',
		'{ "a": order.status = "WAIT_SHIP" and "cod" in order.flags, "b": order.memo.flag = "red" }',
		'{ "a": $lookup({ "EXCHANGE": 2 }, aftersale.type), "b": cfg.shopNo, "c": order.receiver.platformKey }',
		'{ "a": $merge([order.lines[0], { "x": 1 }]).x, "b": $join(order.lines.title, ", ") }',
		'{ "a": "MAT-DN-RET-.YYYY.-", "b": "成品仓 - 示范", "c": "XSTHD01_SYS", "d": "4187263549012" }',
		'{ "a": $halfUp(order.lines[0].paidFen / order.lines[0].quantity) ~> $yuan }',
	])("has nothing to say of %s", (source) => {
		expect(found(source)).toEqual([]);
	});

	it("tells the line, the column and every field that a variable goes into", () => {
		const source = '(\n  $total := order.money.paidFen / 100;\n  { "total": $total, "due": { "all": $total } }\n)';
		expect(lint(source, "order", null).problems).toEqual([
			{
				level: "error",
				code: "MONEY",
				field: "total",
				line: 2,
				column: 13,
				words: {
					zh: expect.stringMatching(/^total：.*用于 due.all/),
					en: expect.stringMatching(/^total: .*used for due.all/),
				},
			},
		]);
	});

	it("tells where a field of the document is made, or what it is in", () => {
		const { placeOf } = lint('{\n  "a": [order.lines.{\n    "b": title }],\n  "c": 1\n}', "order", null);
		expect(placeOf("a[].b")).toEqual({ line: 3, column: 5 });
		expect(placeOf("a[].none")).toEqual({ line: 2, column: 3 });
		expect(placeOf("none")).toEqual({ line: null, column: null });
	});

	it("ends with functions that call themselves", () => {
		expect(found('($f := function($n) { $n > 0 ? $f($n - 1) + $f($n - 2) : order.paidFn }; { "a": $f(9) })')).toEqual([
			"INPUT_FIELD order.paidFn",
		]);
	});
});
