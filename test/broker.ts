import { ServiceBroker, type ServiceSchema } from "moleculer";
import brokerOptions from "../moleculer.config.ts";

/** A broker set up as in production, without transporter and log, running the given services. Stop it in `afterAll`. */
export async function startBroker(...schemas: ServiceSchema[]): Promise<ServiceBroker> {
	const broker = new ServiceBroker({ ...brokerOptions, nodeID: null, transporter: null, logger: false });
	for (const schema of schemas) broker.createService(schema);
	await broker.start();
	return broker;
}
