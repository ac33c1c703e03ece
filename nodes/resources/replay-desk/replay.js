/** A dry run of the tab over stored orders: what is asked for, how far it is, and what it found. */
import { showReport } from "./report.js";

const everyMs = 700;
const dayMs = 86_400_000;

/** The day as a date field wants it, in the browser's own time zone. */
const dayText = (at) => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

export function openReplay(kit, tabId) {
	const { words, make, button, ask } = kit;
	const day = (label, at) => $("<input>", { type: "date", "aria-label": words(label) }).val(dayText(at));
	const from = day("replay.from", new Date(Date.now() - 7 * dayMs));
	const to = day("replay.to", new Date());
	const shop = $("<select>", { "aria-label": words("replay.shop") });
	const baseline = $("<select>", { "aria-label": words("replay.against") });
	for (const value of ["deployed", "pushed"])
		baseline.append(
			$("<option>")
				.val(value)
				.text(words(`replay.${value}`)),
		);
	const state = make("p", "hub-desk-summary");
	const bar = $("<progress>", { max: 1, value: 0 }).hide();
	const report = make("div", "hub-desk-report");
	let watched = null;

	/** The tab as it stands in the editor, with what it uses; what is deployed where nothing was changed. */
	function candidate() {
		if (!RED.nodes.dirty()) return { deployed: tabId() };
		const others = new Set();
		RED.nodes.eachWorkspace(({ id }) => {
			if (id !== tabId()) others.add(id); // nothing is returned: a false would end the round
		});
		const flows = RED.nodes
			.createCompleteNodeSet({ credentials: false })
			.filter(({ id, z }) => !others.has(id) && !others.has(z));
		return { flows };
	}

	async function start() {
		report.empty();
		const [first, last] = [from.val(), to.val()].map((day) => (day ? new Date(`${day}T00:00`) : null));
		if (!first || !last || last < first) return tell(words("replay.noPeriod"), true);
		const wish = {
			from: first.toISOString(),
			to: new Date(last.getTime() + dayMs).toISOString(),
			...(shop.val() && { shopId: shop.val() }),
			candidate: candidate(),
			...(baseline.val() === "pushed" && { baseline: "pushed" }),
		};
		try {
			await watch((await ask("POST", "hub/replays", wish))._id);
		} catch (err) {
			tell(err.message, true);
		}
	}

	function tell(text, isBad = false) {
		state.text(text).toggleClass("hub-desk-bad", isBad);
	}

	/** Shows how far it is until it is over. */
	async function watch(id) {
		watched = id;
		stop.show();
		for (;;) {
			const replay = await ask("GET", `hub/replays/${id}`);
			if (watched !== id) return;
			const { done, total } = replay.progress;
			bar.show().attr({ max: Math.max(total, 1), value: done });
			tell(words(`replay.state.${replay.state}`, { done, total, reason: replay.reason }), replay.state === "FAILED");
			if (replay.state !== "RUNNING") {
				stop.hide();
				bar.hide();
				if (replay.state === "DONE") showReport(kit, report, replay);
				return;
			}
			await new Promise((resolve) => setTimeout(resolve, everyMs));
		}
	}

	const stop = button("replay.cancel", () => ask("POST", `hub/replays/${watched}/cancel`, {})).hide();

	const fields = make("div", "hub-desk-form", [
		make("label", "", words("replay.from")),
		from,
		make("label", "", words("replay.to")),
		to,
		make("label", "", words("replay.shop")),
		shop,
		make("label", "", words("replay.against")),
		baseline,
	]);
	const section = make("section", "", [
		make("h3", "", words("replay.title")),
		make("p", "hub-desk-tip", words("replay.tip")),
		fields,
		button("replay.start", start),
		stop,
		bar,
		state,
		report,
	]);
	void window.orderHub.offer(shop, "shops", "", words("replay.everyShop"));
	return { section, tabChanged() {} };
}
