/** Demo data of `npm start`: the simulators' shops and ERPs known to the hub, and the ERPs told where the hub is. */
import { randomBytes } from "node:crypto";
import type { ServiceBroker } from "moleculer";
import { typeOf } from "../config/errors.ts";

/** What `shop.create` takes, but for the name of its id. */
interface SandboxShop {
	platform: string;
	shopId: string;
}

export interface SandboxErp {
	dialect: string;
	url: string;
	credentials: Record<string, string>;
}

/** What the demo's seller would tell each ERP about himself. */
export const demoSettings: Readonly<Record<string, Record<string, string>>> = {
	qimen: {
		ownerCode: "DEMO-OWNER",
		warehouseCode: "WH01",
		shopNick: "沐光家居演示店",
		senderName: "演示发货仓",
		senderMobile: "400-000-0000",
		senderProvince: "浙江省",
		senderCity: "杭州市",
		senderDistrict: "余杭区",
		senderAddress: "演示路 1 号",
	},
	erpnext: {
		company: "沐光家居",
		customer: "沐光家居演示店",
		warehouse: "成品仓 - MG",
		priceList: "标准售价",
		freightAccount: "运费收入 - MG",
	},
	generic: { shopNo: "SHOP01" },
	wdt: { shopNo: "SHOP01" },
	kingdee: {
		saleOrg: "100",
		customer: "CUST0001",
		saler: "DEMO",
		freightItem: "FY001",
		refundItem: "FY002",
		returnStock: "CK001",
	},
};

const clientId = "erp-demo";
const firstOrders = 3; // of each shop
/** A demo is watched: what happens on a platform shall be seen soon. */
const demoPull = {
	orders: { enabled: true, everySec: 3 },
	aftersales: { enabled: true, everySec: 5 },
	products: { enabled: true, everySec: 300 },
};

/** Safe to repeat: what is there stays, but for the ERP client's secret, which both sides get anew. */
export async function seedDemo(broker: ServiceBroker, sandboxUrl: string, hubUrl: string): Promise<void> {
	await broker.waitForServices(["shop", "connection", "client", "order", "erp"]);
	const { shops } = await ask<{ shops: SandboxShop[] }>(`${sandboxUrl}/_control/shops`);
	const { erps } = await ask<{ erps: SandboxErp[] }>(`${sandboxUrl}/_control/erp`);

	for (const { shopId: id, ...shop } of shops) {
		await unlessThere(() => broker.call("shop.create", { id, ...shop, pull: demoPull }));
		await ask(`${sandboxUrl}/_control/platforms/${shop.platform}`, { hub: hubUrl }); // for its messages
	}
	for (const { dialect, url, credentials: secrets } of erps) {
		const [id, settings] = [`${dialect}-demo`, demoSettings[dialect]];
		await unlessThere(() =>
			broker.call("connection.create", { id, dialect, name: `${dialect} demo`, url, settings, secrets }),
		);
	}

	const secret = randomBytes(24).toString("base64url");
	const client = { name: "Demo ERP", scopes: ["erp"], shops: "*" };
	const made = await unlessThere(() => broker.call("client.create", { id: clientId, secret, ...client }));
	if (!made) await broker.call("client.update", { id: clientId, secret });
	for (const { dialect } of erps) {
		await ask(`${sandboxUrl}/_control/erp/${dialect}`, { hub: { url: hubUrl, clientId, clientSecret: secret } });
	}

	const known = await fetch(`${sandboxUrl}/_control/truth?kind=orders&limit=1`);
	if ((await known.text()).trim()) return;
	for (const { platform, shopId } of shops) {
		await ask(`${sandboxUrl}/_control/platforms/${platform}/orders`, { count: firstOrders, shopId });
	}
}

/** @returns whether it was made now */
async function unlessThere(create: () => Promise<unknown>): Promise<boolean> {
	try {
		await create();
		return true;
	} catch (err) {
		if (typeOf(err) === "CONFLICT") return false;
		throw err;
	}
}

async function ask<T>(url: string, body?: object): Promise<T> {
	const options = body && {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(body),
	};
	const answer = await fetch(url, { ...options, signal: AbortSignal.timeout(10_000) });
	if (!answer.ok) throw new Error(`the sandbox answered ${answer.status} to ${new URL(url).pathname}`);
	return (await answer.json()) as T;
}
