/** What a person reads about printing, in both languages. */
import type { Words } from "./protocol.ts";

/**
 * queued · sent the component has it · printed the component said so · failed the component said why · unknown it was sent,
 * and what became of it is not known: somebody looks at the printer · cancelled it was never sent
 */
export type LabelState = "queued" | "sent" | "printed" | "failed" | "unknown" | "cancelled";

export const labelStateWords: Readonly<Record<LabelState, Words>> = {
	queued: { zh: "排队中", en: "Queued" },
	sent: { zh: "已发送", en: "Sent" },
	printed: { zh: "已打印", en: "Printed" },
	failed: { zh: "打印失败", en: "Failed" },
	unknown: { zh: "结果未知", en: "Unknown" },
	cancelled: { zh: "未发送", en: "Not sent" },
};

/** lost: it was open, and is tried again */
export type LinkState = "closed" | "connecting" | "open" | "lost";

export const linkStateWords: Readonly<Record<LinkState, Words>> = {
	closed: { zh: "未连接打印组件", en: "Not connected to the print component" },
	connecting: { zh: "正在连接打印组件…", en: "Connecting to the print component…" },
	open: { zh: "已连接打印组件", en: "Connected to the print component" },
	lost: {
		zh: "与打印组件的连接断开，需要时会重新连接",
		en: "The print component is gone; it is tried again when needed",
	},
};

export const printWords = {
	unreachable: {
		zh: "连不上打印组件：请确认它已安装并启动",
		en: "The print component does not answer: is it installed and started?",
	},
	silent: {
		zh: "打印组件在规定时间内没有回应",
		en: "The print component has not answered in time",
	},
	lost: { zh: "与打印组件的连接断开", en: "The connection to the print component broke" },
	closed: { zh: "已断开打印组件", en: "The print component was let go" },
	noPreview: { zh: "该打印组件不支持预览", en: "This print component shows no preview" },
	lookFirst: {
		zh: "请到打印机旁核对是否已出纸，再决定是否重打",
		en: "look at the printer whether it came out, before it is printed again",
	},
	badData: { zh: "打印数据无法识别，请重新获取", en: "The print data cannot be read: fetch it again" },
	notSent: {
		zh: "前面的面单结果未知，这一张没有发送",
		en: "Not sent: what became of a label before it is not known",
	},
	cancelled: { zh: "已取消，没有发送", en: "Cancelled before it was sent" },
} as const satisfies Record<string, Words>;

/** What the component itself says, in its own language. */
export const said = (words: string): Words => ({ zh: words, en: words });

export const joined = (first: Words, then: Words): Words => ({
	zh: `${first.zh}；${then.zh}`,
	en: `${first.en}; ${then.en}`,
});
