/**
 * The vendors' print components: programs on the packing desk's computer that a page speaks to through a WebSocket. They
 * hold the keys to the print data and drive the printer. A platform's adapter names its component by a key of this table.
 */
interface PrintClientEntry {
	zh: string;
	en: string;
	ws: string;
	wss: string; // "": the component has none
	/** Documents of one task; the next task goes when the results of this one are known. */
	mostDocuments: number;
	/** Whether a document's result comes by itself after the answer, or in the answer. */
	results: "push" | "answer";
}

export const printClients = {
	/** Source: 菜鸟 CAINIAO 打印组件, protocol; it advises one document a task. */
	cainiao: {
		zh: "菜鸟打印组件",
		en: "Cainiao print component",
		ws: "ws://localhost:13528",
		wss: "wss://localhost:13529",
		mostDocuments: 1,
		results: "push",
	},
	/** Source: 京东打印组件 3.3.2.7 and later, protocol version 2: the answer is for the request as a whole. */
	jd: {
		zh: "京东打印组件",
		en: "JD print component",
		ws: "ws://localhost:9113",
		wss: "",
		mostDocuments: 1,
		results: "answer",
	},
	/** Source: 拼多多打印组件. Its documentation tells no number of documents: one, as its relatives advise. */
	pdd: {
		zh: "拼多多打印组件",
		en: "Pinduoduo print component",
		ws: "ws://127.0.0.1:5000",
		wss: "wss://localhost:18653",
		mostDocuments: 1,
		results: "push",
	},
	/** Source: 抖店打印组件. Its documentation tells no number of documents: one, as its relatives advise. */
	douyin: {
		zh: "抖店打印组件",
		en: "Doudian print component",
		ws: "ws://127.0.0.1:13888",
		wss: "",
		mostDocuments: 1,
		results: "push",
	},
	/** Source: 微信小店打印组件. It answers for each label; no limit is told, ten are few enough to watch. */
	weixin: {
		zh: "微信小店打印组件",
		en: "Weixin shop print component",
		ws: "ws://127.0.0.1:12705",
		wss: "",
		mostDocuments: 10,
		results: "answer",
	},
	/** Source: 快手打印组件: at most ten documents, the next task after notifyPrintResult. */
	kuaishou: {
		zh: "快手打印组件",
		en: "Kuaishou print component",
		ws: "ws://localhost:16888/ks/printer",
		wss: "wss://localhost:16889/ks/printer",
		mostDocuments: 10,
		results: "push",
	},
	/** Source: 小红书打印组件; one page of it says that wss does not work, another names wss://localhost:14529. */
	xiaohongshu: {
		zh: "小红书打印组件",
		en: "Xiaohongshu print component",
		ws: "ws://localhost:10818",
		wss: "",
		mostDocuments: 1,
		results: "push",
	},
} as const satisfies Record<string, PrintClientEntry>;

export type PrintClientName = keyof typeof printClients;
export const printClientNames = Object.keys(printClients) as PrintClientName[];

/** What a page is told of a component. */
export interface PrintClient extends PrintClientEntry {
	name: PrintClientName;
}

/** The components and where they listen; below `base` ("ws://127.0.0.1:3900/print") where that is given. */
export function printClientsAt(base: string | null): PrintClient[] {
	return printClientNames.map((name) => ({ name, ...printClients[name], ...(base !== null && below(base, name)) }));
}

function below(base: string, name: string): { ws: string; wss: string } {
	const address = `${base.replace(/\/+$/, "")}/${name}`;
	return base.startsWith("wss:") ? { ws: "", wss: address } : { ws: address, wss: "" };
}
