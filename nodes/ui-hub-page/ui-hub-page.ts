/**
 * ui-hub-page: one page of the hub's dashboard, as a widget of Dashboard 2. What it shows, and what people do there, goes
 * between the browser and the gateway; nothing passes through the flow. Its component is dashboard/HubPage.vue.
 */
import type { Node, NodeAPI, NodeDef } from "node-red";

interface HubPageDef extends NodeDef {
	group: string;
	page: string; // a name of dashboard/pages.ts
}

/** Dashboard 2's node of a group of widgets. */
interface UiGroup extends Node {
	register(widget: Node, def: HubPageDef): void;
}

export default function register(RED: NodeAPI): void {
	function HubPageNode(this: Node, def: HubPageDef): void {
		RED.nodes.createNode(this, def);
		const group = RED.nodes.getNode(def.group) as UiGroup | null;
		if (group) group.register(this, def);
		else this.status({ fill: "red", shape: "ring", text: "ui-hub-page.status.nowhere" });
	}
	RED.nodes.registerType("ui-hub-page", HubPageNode);
}
