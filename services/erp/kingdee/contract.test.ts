import { driverContract } from "../driver.contract.ts";
import { kingdee } from "./driver.ts";

const number = (FNumber: string) => ({ FNumber });

const goods = {
	FRowType: "Standard",
	FMaterialId: number("CUP-BK-500"),
	FUnitID: number("Pcs"),
	FSettleOrgIds: number("100"),
};
const threePieces = { ...goods, FQty: 3, FTaxPrice: "33.333333" };
const twoPieces = { ...goods, FQty: 2, FTaxPrice: "33.33" };
const freight = { ...goods, FRowType: "Service", FMaterialId: number("FY001"), FQty: 1, FTaxPrice: "6.00" };

const order = (no: string) => ({
	Model: {
		FBillTypeID: { FNUMBER: "XSDD01_SYS" },
		FBillNo: no,
		FNetOrderBillNo: no,
		FDate: "2026-01-02",
		FSaleOrgId: number("100"),
		FCustId: number("CUST0001"),
		FSalerId: number("S001"),
		FLinkMan: "张**",
		FSaleOrderEntry: [threePieces, freight],
	},
});

driverContract({
	driver: kingdee,
	connection: (sandboxUrl) => ({
		id: "kingdee-test",
		dialect: "kingdee",
		name: "kingdee",
		url: `${sandboxUrl}/erp/kingdee`,
		settings: { saleOrg: "100", customer: "CUST0001", saler: "S001" },
		secrets: {
			acctId: "66c3712248af25",
			username: "demo",
			appId: "300001_demo",
			appSecret: "demo-secret-of-the-kingdee-sandbox",
		},
	}),
	document: order,
	documents: {
		change: (no) => ({ Model: { FNetOrderBillNo: no, FLinkMan: "张**", FSaleOrderEntry: [twoPieces] } }),
		cancel: (no) => ({ FNetOrderBillNo: no }),
		aftersale: (no, orderNo) => ({
			IsAutoSubmitAndAudit: "false",
			Model: {
				FBillTypeID: { FNUMBER: "XSTHD01_SYS" },
				FBillNo: no,
				FDate: "2026-01-06",
				FSaleOrgId: number("100"),
				FStockOrgId: number("100"),
				FRetcustId: number("CUST0001"),
				FEntity: [
					{
						FRowType: "Standard",
						FMaterialId: number("CUP-BK-500"),
						FUnitID: number("Pcs"),
						FRealQty: 1,
						FTaxPrice: "33.33",
						FReturnType: number("THLX01_SYS"),
						FStockId: number("CK001"),
						FOrderNo: orderNo,
					},
				],
			},
		}),
	},
	required: { drop: ({ Model, ...rest }) => ({ ...rest, Model: { ...Object(Model), FCustId: {} } }), named: "FCustId" },
	wrongSecrets: { appSecret: "wrong" },
	wrongSecretWords: "应用密钥不正确",
});
