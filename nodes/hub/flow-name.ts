import type { Node, NodeAPI } from "node-red";
import { deployedMapping, forgetDeployedMappings } from "../jsonata-map/mapping-files.ts";
import { flowRevision, type SavedNode } from "./flow-revision.ts";

interface FlowName {
	label: string;
	revision: string;
}

/** Of tabs by id, kept until the next deploy. */
const names = new Map<string, FlowName>();

const forget = (): void => {
	names.clear();
	forgetDeployedMappings();
};

/** The tab changes with a deploy, and with it its name and the mappings that it runs. */
export function forgetOnDeploy(RED: NodeAPI): void {
	RED.events.off("flows:starting", forget);
	RED.events.on("flows:starting", forget);
}

/**
 * Which flow does something, as the timeline shows it: `<tab label>@<revision>`; see flow-revision.ts. What a rule of the
 * flow decides is told with the rule's name: `<tab label>/<rule>@<revision>`.
 */
export function flowName(RED: NodeAPI, node: Node, rule = ""): string {
	const { label, revision } = nameOf(RED, node);
	return `${rule ? `${label}/${rule}` : label}@${revision}`;
}

function nameOf(RED: NodeAPI, node: Node): FlowName {
	let name = names.get(node.z);
	if (name === undefined) {
		const flows: SavedNode[] = [];
		RED.nodes.eachNode((each) => flows.push(each as unknown as SavedNode));
		const tab = flows.find(({ id }) => id === node.z);
		// A node inside a subflow: its `z` is the instance, which is no tab.
		const label = String(tab?.label || tab?.id || "subflow");
		name = { label, revision: flowRevision(flows, node.z, deployedMapping) };
		names.set(node.z, name);
	}
	return name;
}
