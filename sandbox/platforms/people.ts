import type { Random } from "../random.ts";

/** Where a parcel goes. Invented people at places that exist; plain inside the sandbox, masked by the platforms. */
export interface Receiver {
	name: string;
	mobile: string;
	province: string;
	city: string;
	district: string;
	town: string;
	address: string;
}

const surnames = [..."王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗"];
const givenNames = [
	"伟",
	"芳",
	"娜",
	"敏",
	"静",
	"磊",
	"洋",
	"艳",
	"勇",
	"杰",
	"小红",
	"志强",
	"雨桐",
	"子涵",
	"梓萱",
	"建国",
];
const places: [province: string, city: string, district: string, town: string, street: string][] = [
	["浙江省", "杭州市", "西湖区", "文新街道", "文三路"],
	["浙江省", "金华市", "义乌市", "福田街道", "稠州北路"],
	["广东省", "深圳市", "南山区", "粤海街道", "科苑路"],
	["广东省", "广州市", "天河区", "石牌街道", "五山路"],
	["上海", "上海市", "浦东新区", "张江镇", "祖冲之路"],
	["北京", "北京市", "海淀区", "中关村街道", "成府路"],
	["江苏省", "苏州市", "昆山市", "玉山镇", "前进中路"],
	["四川省", "成都市", "武侯区", "桂溪街道", "天府大道"],
	["湖北省", "武汉市", "洪山区", "关山街道", "珞喻路"],
	["陕西省", "西安市", "雁塔区", "小寨路街道", "长安中路"],
	["新疆维吾尔自治区", "乌鲁木齐市", "天山区", "新华南路街道", "新华南路"],
	["海南省", "", "琼海市", "嘉积镇", "人民路"], // governed directly by the province: no city
];

export function anyReceiver(random: Random): Receiver {
	const [province, city, district, town, street] = random.pick(places);
	return {
		name: random.pick(surnames) + random.pick(givenNames),
		mobile: `1${random.pick(["39", "58", "86", "77"])}${String(random.int(0, 99_999_999)).padStart(8, "0")}`,
		province,
		city,
		district,
		town,
		address: `${street}${random.int(1, 999)}号${random.int(1, 30)}栋${random.int(1, 28)}0${random.int(1, 4)}室`,
	};
}

const letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789";

export function anyText(random: Random, length: number): string {
	return Array.from({ length }, () => random.pick([...letters])).join("");
}

export const buyerMessages = ["请发顺丰", "麻烦尽快发货，谢谢", "送人的，请不要放小票", "周末再送", "请放门口快递柜"];
