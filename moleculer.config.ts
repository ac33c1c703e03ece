import type { BrokerOptions, Middleware, ServiceBroker } from "moleculer";
import { env } from "./config/env.ts";
import { natsOptions } from "./config/nats.ts";
import { ChannelTransporter } from "./mixins/channel-transporter.ts";
import { jsonLine } from "./mixins/log-line.ts";
import { type Collector, type Exporter, startExporter } from "./mixins/otlp.ts";
import { sendSpans, spanMiddleware } from "./mixins/spans.ts";
import { traceMiddleware } from "./mixins/trace.ts";

/** NATS where there is one; else the channel to the supervisor; else (tests, tools) this process alone. */
function transporter(): BrokerOptions["transporter"] {
	if (env.natsUrl) return { type: "NATS", options: natsOptions(env.natsUrl) };
	return env.nodeId ? new ChannelTransporter() : null; // the supervisor names its children
}

/** Spans leave while the broker runs; the last ones when it has stopped. */
function exporting(collector: Collector): Middleware {
	let exporter: Exporter | undefined;
	return {
		name: "otlp",
		created(broker: ServiceBroker) {
			exporter = startExporter(collector, broker);
			sendSpans(exporter.add);
		},
		async stopped() {
			sendSpans(null);
			await exporter?.stop();
		},
	};
}

const options: BrokerOptions = {
	namespace: "hub",
	nodeID: env.nodeId,
	transporter: transporter(),
	logger: { type: "Console", options: { colors: false, formatter: env.logFormat === "json" ? jsonLine : "short" } },
	middlewares: env.otlp ? [traceMiddleware, spanMiddleware, exporting(env.otlp)] : [traceMiddleware],
	logLevel: { "SERVICES.**": env.logLevel, TRANSIT: "warn", REGISTRY: "warn", BROKER: "warn", "**": env.logLevel },
	requestTimeout: 10_000,
	heartbeatInterval: 2,
	heartbeatTimeout: 8,
	// A repeated call repeats its effect: whoever calls decides, knowing what a repeat does.
	retryPolicy: { enabled: false },
	dependencyInterval: 100,
	tracking: { enabled: true, shutdownTimeout: 4_000 },
	skipProcessEventRegistration: true, // bin/host.ts stops the broker: twice would close what others still use
};

export default options;
