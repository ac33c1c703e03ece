/**
 * What every platform must do, run against its simulator through the real services: `describePlatform({…})` in the
 * platform's own test file.
 */
import type { ServiceSchema } from "moleculer";
import { afterAll, afterEach, beforeAll } from "vitest";
import type { PlatformAdapter } from "../adapter.ts";
import { aftersaleContract } from "./aftersales.ts";
import { Bench } from "./bench.ts";
import { faultContract } from "./faults.ts";
import { listContract } from "./lists.ts";
import { messageContract } from "./messages.ts";
import { orderContract } from "./orders.ts";
import { productContract } from "./products.ts";
import { shippingContract } from "./shipping.ts";
import { tokenContract } from "./tokens.ts";
import { waybillContract } from "./waybills.ts";

export interface PlatformUnderTest {
	adapter: PlatformAdapter;
	service: ServiceSchema;
	/** A carrier of ours and two tracking numbers that the simulator takes for its numbers. */
	parcel: { carrier: string; trackingNo: string; secondTrackingNo: string };
	/** An order number in the platform's form that no order has. */
	unknownOrderNo: string;
}

export function describePlatform(platform: PlatformUnderTest): void {
	const bench = new Bench(platform);
	beforeAll(() => bench.start(), 30_000);
	afterEach(() => bench.clean());
	afterAll(() => bench.stop());

	listContract(bench);
	orderContract(bench);
	shippingContract(bench);
	aftersaleContract(bench);
	productContract(bench);
	waybillContract(bench);
	tokenContract(bench);
	messageContract(bench);
	faultContract(bench);
}
