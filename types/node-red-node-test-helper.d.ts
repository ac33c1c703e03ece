/** The package has no types of its own; this is what our tests use of it. */
declare module "node-red-node-test-helper" {
	import type { Node, NodeAPI } from "node-red";

	const helper: {
		init(runtimePath: string, settings?: object): void;
		load(nodes: ((RED: NodeAPI) => void)[], flow: object[]): Promise<void>;
		setFlows(flow: object[]): Promise<void>;
		unload(): Promise<void>;
		getNode(id: string): Node;
	};
	export default helper;
}
