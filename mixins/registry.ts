/** What this process counts by itself, by prom-client. One of each process; the gateway gathers them all. */
import { Registry } from "prom-client";

export const registry = new Registry();
