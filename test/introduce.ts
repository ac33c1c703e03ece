import { randomBytes } from "node:crypto";
import { demoSettings, type SandboxErp } from "../bin/demo.ts";
import { type Addresses, type Api, json } from "./hub.ts";

/** What an administrator does first in production: shops, ERP connections and the ERP's client, through the gateway. */
export async function introduce({ api: hubUrl, sandbox }: Pick<Addresses, "api" | "sandbox">, api: Api): Promise<void> {
	const { shops } = await json<{ shops: ({ shopId: string } & Record<string, unknown>)[] }>(
		`${sandbox}/_control/shops`,
	);
	for (const { shopId, ...shop } of shops)
		await api.post("/shops", { ...shop, id: shopId, pull: { orders: { enabled: true, everySec: 3 } } });

	const { erps } = await json<{ erps: SandboxErp[] }>(`${sandbox}/_control/erp`);
	for (const { dialect, url, credentials: secrets } of erps) {
		const settings = demoSettings[dialect];
		await api.post("/connections", { id: `${dialect}-demo`, name: dialect, dialect, url, settings, secrets });
	}

	const secret = randomBytes(24).toString("base64url");
	await api.post("/clients", { id: "erp-demo", name: "ERP", secret, scopes: ["erp"], shops: "*" });
	for (const { dialect } of erps) {
		await json(`${sandbox}/_control/erp/${dialect}`, {
			hub: { url: hubUrl, clientId: "erp-demo", clientSecret: secret },
		});
	}
}
