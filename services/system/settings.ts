import { env } from "../../config/env.ts";
import { platformNames } from "../../config/platforms.ts";
import { pageParams } from "../../mixins/paging.ts";
import about from "../../package.json" with { type: "json" };
import { lifetimesSec } from "../account/token.ts";

/** What this hub runs with, without secrets and addresses. */
export interface Settings {
	version: string;
	node: string; // Node.js
	production: boolean;
	store: "mongodb" | "embedded";
	broker: "nats" | "local";
	spans: boolean; // they go to a collector
	languages: readonly string[];
	timeZone: string; // of platforms, ERPs and reports by the day
	platforms: readonly string[];
	readBackSec: number; // how often ERPs that tell nobody by themselves are asked for their parcels
	logLevel: string;
	limits: { rowsOfAPage: number; accessTokenSec: number };
}

export const settings = (): Settings => ({
	version: about.version,
	node: process.versions.node,
	production: env.production,
	store: isEmbedded(env.mongoUrl) ? "embedded" : "mongodb",
	broker: env.natsUrl ? "nats" : "local",
	spans: env.otlp !== null,
	languages: ["zh-CN", "en-US"],
	timeZone: "Asia/Shanghai",
	platforms: platformNames,
	readBackSec: env.readBackSec,
	logLevel: env.logLevel,
	limits: { rowsOfAPage: pageParams.limit.max, accessTokenSec: lifetimesSec["hub-api"] },
});

/** The supervisor hands its children the socket of the embedded store, whose path ends so. */
const isEmbedded = (url: string | null): boolean => url === null || url.includes(".sock");
