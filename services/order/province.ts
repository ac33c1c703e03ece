const endings = ["", "省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区", "特别行政区"] as const;

/** Every way platforms write a province: 广东 and 广东省, 内蒙古 and 内蒙古自治区. */
export function provinceNames(name: string): string[] {
	const ending = endings.findLast((each) => each !== "" && name.endsWith(each)) ?? "";
	const bare = name.slice(0, name.length - ending.length);
	return endings.map((each) => bare + each);
}
