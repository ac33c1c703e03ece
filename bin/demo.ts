/** Demo data of `npm start`: the simulators' shops and ERPs known to the hub, and the ERPs told where the hub is. */
import { randomBytes } from "node:crypto";
import type { ServiceBroker } from "moleculer";
import { typeOf } from "../config/errors.ts";

interface SandboxShop {
	platform: string;
	shopId: string;
	name: string;
	sellerId: string;
	gatewayUrl: string;
	app: { key: string; secret: string };
	token: { access: string; refresh: string; expiresAt: string };
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
	generic: { shopNo: "SHOP01" },
};

const clientId = "erp-demo";
const firstOrders = 6;

/** Safe to repeat: what is there stays, but for the ERP client's secret, which both sides get anew. */
export async function seedDemo(broker: ServiceBroker, sandboxUrl: string, hubUrl: string): Promise<void> {
	await broker.waitForServices(["shop", "connection", "client", "order", "erp"]);
	const { shops } = await ask<{ shops: SandboxShop[] }>(`${sandboxUrl}/_control/shops`);
	const { erps } = await ask<{ erps: SandboxErp[] }>(`${sandboxUrl}/_control/erp`);

	for (const { platform, shopId, name, sellerId, gatewayUrl, app, token } of shops) {
		const pull = { orders: { enabled: true, everySec: 3 } };
		await unlessThere(() =>
			broker.call("shop.create", { id: shopId, platform, name, sellerId, gatewayUrl, app, token, pull }),
		);
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

	for (const { platform, shopId } of shops) {
		const known = await fetch(`${sandboxUrl}/_control/truth?kind=orders&limit=1`);
		if (!(await known.text()).trim())
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
