/** Every page of the dashboard and every action on it, in a real browser before a whole hub. */
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { aftersalesPage } from "./dashboard/aftersales.ts";
import { auditPage } from "./dashboard/audit.ts";
import { type Desk, startDesk } from "./dashboard/desk.ts";
import { everyPage } from "./dashboard/every-page.ts";
import { exceptionsPage } from "./dashboard/exceptions.ts";
import { exportsAndImports } from "./dashboard/exports.ts";
import { monitorPage } from "./dashboard/monitor.ts";
import { ordersPage } from "./dashboard/orders.ts";
import { pushesPage } from "./dashboard/pushes.ts";
import { replayPage } from "./dashboard/replay.ts";
import { shippingPage } from "./dashboard/shipping.ts";
import { shopsPage } from "./dashboard/shops.ts";
import { signIn } from "./dashboard/sign-in.ts";
import { skusPage } from "./dashboard/skus.ts";
import { systemPage } from "./dashboard/system.ts";
import { workbenchPage } from "./dashboard/workbench.ts";

describe("the dashboard", () => {
	let desk: Desk;
	beforeAll(async () => {
		desk = await startDesk();
	}, 300_000);
	afterEach(() => desk.closePages());
	afterAll(() => desk?.stop());

	const suites = [
		everyPage,
		signIn,
		aftersalesPage,
		auditPage,
		exportsAndImports,
		monitorPage,
		ordersPage,
		pushesPage,
		replayPage,
		shippingPage,
		shopsPage,
		systemPage,
		workbenchPage,
		exceptionsPage,
		skusPage,
	];
	for (const suite of suites) suite(() => desk);
});
