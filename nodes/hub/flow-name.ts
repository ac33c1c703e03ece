import { createHash } from "node:crypto";
import type { Node, NodeAPI } from "node-red";

interface FlowName {
	label: string;
	revision: string;
}

/** Of tabs by id, kept until the next deploy. */
const names = new Map<string, FlowName>();

/** The tab changes with a deploy, and its name with it. Call once per runtime. */
export function forgetNamesOnDeploy(RED: NodeAPI): void {
	RED.events.on("flows:started", () => names.clear());
}

/**
 * Which flow does something, as the timeline shows it: `<tab label>@<revision>`. The revision is a hash of the tab's own
 * nodes, so that two deploys of the same tab have the same one. What a rule of the flow decides is told with the rule's
 * name: `<tab label>/<rule>@<revision>`.
 */
export function flowName(RED: NodeAPI, node: Node, rule = ""): string {
	const { label, revision } = nameOf(RED, node);
	return `${rule ? `${label}/${rule}` : label}@${revision}`;
}

function nameOf(RED: NodeAPI, node: Node): FlowName {
	let name = names.get(node.z);
	if (name === undefined) {
		let label = "";
		const hash = createHash("sha256");
		RED.nodes.eachNode((each) => {
			const { id, z } = each as { id: string; z?: string };
			if (id === node.z) label = (each as { label?: string }).label || id;
			else if (z === node.z) hash.update(JSON.stringify(each));
		});
		// A node inside a subflow: its `z` is the instance, which is no tab.
		name = { label: label || "subflow", revision: hash.digest("hex").slice(0, 8) };
		names.set(node.z, name);
	}
	return name;
}
