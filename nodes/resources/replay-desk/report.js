/** What a dry run found, by cause, and the way from a cause to the ERP. */

const yuan = (fen) => `${fen > 0 ? "+" : ""}${(fen / 100).toFixed(2)}`;
const shown = (value) =>
	value === undefined || value === null ? "—" : typeof value === "string" ? value : JSON.stringify(value);

export function showReport({ words, make, button, ask }, root, replay) {
	const { same, different, rejected, failed, leftOut, network, causes } = replay;
	const figures = { same, different, rejected, failed, ...(leftOut && { leftOut }) };
	const table = make(
		"dl",
		"hub-desk-figures",
		Object.entries(figures).flatMap(([key, count]) => [
			make("dt", "", words(`report.${key}`)),
			make("dd", count && key !== "same" ? "hub-desk-bad" : "", String(count)),
		]),
	);
	const quiet = make("p", network.connections ? "hub-desk-bad" : "hub-desk-tip", words("report.network", network));
	if (network.attempts) quiet.append(document.createTextNode(` ${network.targets.join(", ")}`));
	const [tried, beside] = [replay.candidate, replay.baseline].map(({ label }) => revisionWords(label));
	const revisions = make("p", "hub-desk-tip", words("report.revisions", { candidate: tried, baseline: beside }));
	root.empty().append(revisions, table, quiet, causes.map(causeOf));

	/** A revision that has a name is followed by where it comes from; others are just "pushed" or "nothing". */
	function revisionWords(label) {
		const [, name = "", whence = label] = /^(.*) \((deployed|editor|expression)\)$/.exec(label) ?? [];
		return `${name}${words(`whence.${whence}`)}`;
	}

	function causeOf(cause) {
		const title = `${window.orderHub.word(cause.title)} · ${words("report.orders", { count: cause.count })}`;
		const money = cause.changeFen ? ` · ${words("report.change", { yuan: yuan(cause.changeFen) })}` : "";
		const outcome = make("p", "hub-desk-summary");
		const rows = cause.examples.map(({ orderId, path, before, after }) =>
			make("tr", "", [
				make("td", "", orderId.split(":").slice(2).join(":")),
				make("td", "", path),
				make("td", "", shown(before)),
				make("td", "", shown(after)),
			]),
		);
		const head = ["order", "field", "before", "after"].map((key) => make("th", "", words(`report.${key}`)));
		const push = button("report.push", () => pushAll(cause, outcome));
		const table = make("table", "", [make("tr", "", head), ...rows]);
		return make("details", "hub-desk-cause", [make("summary", "", title + money), table, push, outcome]);
	}

	/** A page at a time, until all orders of the cause are through. */
	async function pushAll({ key, count }, outcome) {
		if (!window.confirm(words("report.sure", { count }))) return;
		let [done, failedOnes, after] = [0, [], undefined];
		try {
			do {
				const wish = { cause: key, ...(after && { after }) };
				const pushed = await ask("POST", `hub/replays/${replay._id}/push`, wish);
				done += pushed.done;
				failedOnes = failedOnes.concat(pushed.results.filter(({ ok }) => !ok));
				after = pushed.after;
				outcome.text(words("report.pushed", { done, failed: failedOnes.length }));
			} while (after);
		} catch (err) {
			outcome.text(err.message).addClass("hub-desk-bad");
			return;
		}
		const reasons = failedOnes.slice(0, 20).map(({ id, detail, type }) => make("li", "", `${id}: ${detail ?? type}`));
		outcome.append(make("ul", "", reasons));
	}
}
