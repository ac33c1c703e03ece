/** What one message says of the notices that wait for a channel. Pure. */
import { toBeijing } from "../../../config/beijing.ts";
import type { ChannelLanguage } from "./channel.model.ts";
import type { Notice } from "./notice.model.ts";
import type { Message } from "./protocol.ts";
import { wordsOf } from "./words.ts";

/** WeCom takes 4096 bytes, the marks around title and lines included. */
const mostBytes = 3_000;
const longestLine = 400; // characters

/** @param notices at least one, the oldest first. Of one alert only the latest is told, with how often it changed. */
export function messageOf(notices: readonly Notice[], language: ChannelLanguage): Message {
	const words = wordsOf[language];
	const latest = [...Map.groupBy(notices, ({ alertId }) => alertId).values()].flatMap((of) => {
		const last = of.at(-1);
		return last ? { ...last, times: of.filter(({ over }) => !over).length } : [];
	});
	const raised = latest.filter(({ over }) => !over);
	const [only] = latest;
	const tone = raised.some(({ level }) => level === "critical") ? "critical" : raised.length ? "warning" : "over";

	const headOf = ({ over, level, kind }: Notice): string =>
		`${over ? words.over : words.levels[level]} · ${words.kinds[kind]}`;
	const detailOf = (notice: Notice & { times: number }): string => {
		const about = Object.values(notice.ref).filter(Boolean).join(" ");
		const times = notice.times > 1 ? words.times(notice.times) : "";
		return [about + times, notice.over ? "" : notice.reason, toBeijing(notice.at)].filter(Boolean).join(" · ");
	};
	if (latest.length === 1 && only) {
		return { title: `OrderHub: ${plain(headOf(only))}`, lines: [plain(detailOf(only))], tone };
	}
	const lines = latest.map((notice) => plain(`${headOf(notice)} · ${detailOf(notice)}`));
	const title = words.digest(raised.length, latest.length - raised.length);
	return { title, lines: fitting(lines, words.more), tone };
}

function fitting(lines: readonly string[], more: (count: number) => string): string[] {
	let bytes = 0;
	const end = lines.findIndex((line) => {
		bytes += Buffer.byteLength(line);
		return bytes > mostBytes;
	});
	return end < 0 ? [...lines] : [...lines.slice(0, end), more(lines.length - end)];
}

/**
 * One line without what chat programs take for a link, a mention or a tag. Reasons may be a platform's own words: what
 * looks like a mobile number in them is left out.
 */
function plain(text: string): string {
	return text
		.replace(/\s+/g, " ")
		.replace(/(?<!\d)1[3-9]\d{9}(?!\d)/g, "1**********")
		.replace(/[<>[\]`@]/g, (mark) => String.fromCodePoint((mark.codePointAt(0) ?? 0) + 0xfee0)) // its full-width form
		.slice(0, longestLine);
}
