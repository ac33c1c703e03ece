/** ERP connections as the gateway shows them: which secrets are set, never what they are. */
import type { Words } from "../language.ts";

export interface Connection {
	_id: string;
	dialect: string;
	name: string;
	url: string;
	settings: Record<string, string>;
	secretNames: string[];
	status: "ACTIVE" | "DISABLED";
}

/** What a connection of a dialect needs. */
export interface Dialect {
	dialect: string;
	settingNames: string[];
	secretNames: string[];
}

export const dialectWords: Readonly<Record<string, Words>> = {
	qimen: ["奇门", "Qimen"],
	kingdee: ["金蝶云星空", "Kingdee Cloud"],
	erpnext: ["ERPNext", "ERPNext"],
	wdt: ["旺店通旗舰版", "Wangdiantong"],
	generic: ["通用 JSON 接口", "JSON over HTTP"],
};

/** What an ERP's own consoles and papers call these. One that is not here is shown by its own name. */
export const fieldWords: Readonly<Record<string, Words>> = {
	acctId: ["账套 ID", "account set"],
	appId: ["应用 ID", "app id"],
	appKey: ["App Key", "app key"],
	appSecret: ["应用密钥", "app secret"],
	auth: ["鉴权方式", "authentication"],
	billType: ["单据类型", "bill type"],
	carrier: ["默认快递", "usual carrier"],
	company: ["公司", "company"],
	customer: ["客户编码", "customer"],
	customerId: ["customerId", "customer id"],
	freightAccount: ["运费科目", "freight account"],
	freightItem: ["运费物料", "freight item"],
	key: ["Key", "key"],
	logisticsCode: ["物流公司编码", "carrier code"],
	ownerCode: ["货主编码", "owner code"],
	priceList: ["价目表", "price list"],
	saleDept: ["销售部门", "sales department"],
	saleOrg: ["销售组织", "sales organisation"],
	saler: ["销售员", "sales person"],
	secret: ["密钥", "secret"],
	senderAddress: ["发件地址", "sender's address"],
	senderCity: ["发件市", "sender's city"],
	senderDistrict: ["发件区县", "sender's district"],
	senderMobile: ["发件手机", "sender's phone"],
	senderName: ["发件人", "sender"],
	senderProvince: ["发件省", "sender's province"],
	shopNick: ["店铺昵称", "shop nick"],
	shopNo: ["店铺编号", "shop number"],
	sid: ["卖家账号 sid", "sid"],
	stockOrg: ["库存组织", "stock organisation"],
	taxRate: ["税率", "tax rate"],
	unit: ["计量单位", "unit"],
	uom: ["计量单位", "unit of measure"],
	username: ["用户名", "user name"],
	warehouse: ["仓库", "warehouse"],
	warehouseCode: ["仓库编码", "warehouse code"],
	warehouseNo: ["仓库编号", "warehouse number"],
};
