/** The live preview: a sample, what the mapping makes of it, and what is wrong with the mapping. */
import { showProblems } from "./problems.js";

const pauseMs = 400; // of typing, before the mapping is tried
const samplesAt = { recent: "recent:", cases: "case:" }; // what the value of a row begins with

/**
 * `cases.results()` offers its inputs as samples too. The trial is the last that made something of the sample that is
 * shown: {input, output}, or null.
 */
export function openPreview(node, mapping, editor, cases) {
	const search = $("#jsonata-map-search");
	const sample = $("#jsonata-map-sample");
	const output = $("#jsonata-map-output");
	const busy = $("#jsonata-map-busy").hide();
	const stale = $("#jsonata-map-stale").hide();
	let input = null; // the sample as it was read
	let last = null; // the trial
	let timer;
	let request;
	let closed = false;

	const group = (label, rows) =>
		$("<optgroup>")
			.attr("label", node._(`jsonata-map.sample.${label}`))
			.append(rows);
	const option = (value, text) => $("<option>").val(value).text(text);

	/** Offers the samples of the mapping's kind, and tries it on the one chosen before or else the first. */
	async function refill() {
		const kind = mapping.kind();
		const found = await asked(`hub/samples/${kind}`, { q: search.val().trim() });
		if (!found || kind !== mapping.kind()) return;
		const before = sample.val();
		const recent = found.map((row) => option(samplesAt.recent + row.value, orderHub.word(row)));
		const ofCases = cases.results().map(({ name }) => option(samplesAt.cases + name, name));
		sample.empty();
		if (recent.length) sample.append(group("recent", recent));
		if (ofCases.length) sample.append(group("cases", ofCases));
		if (!recent.length && !ofCases.length) sample.append(option("", node._("jsonata-map.sample.none")));
		const stays = sample.find("option").is((_at, each) => each.value === before);
		if (stays) sample.val(before);
		// A case of that name may be another one by now.
		if (stays && input && before.startsWith(samplesAt.recent)) await run();
		else await choose();
	}

	async function choose() {
		const value = sample.val();
		const [from, key] = [value.startsWith(samplesAt.recent) ? "recent" : "cases", value.slice(value.indexOf(":") + 1)];
		const chosen =
			from === "recent"
				? await asked(`hub/samples/${mapping.kind()}/${encodeURIComponent(key)}`)
				: cases.results().find(({ name }) => name === key)?.input;
		if (closed || sample.val() !== value) return;
		input = chosen ?? null;
		last = null;
		output.empty();
		showInput();
		await run();
	}

	/** What the hub answers; nothing when it refuses, which is shown, or when the dialog is gone. */
	async function asked(url, query) {
		try {
			const answer = await $.getJSON(url, query);
			return closed ? undefined : answer;
		} catch (failed) {
			if (!closed) refused(failed);
		}
	}

	/** As in the debug sidebar: each part unfolds, and its path can be copied. The first is unfolded. */
	function showInput() {
		const parts = Object.entries(input ?? {}).map(([key, part]) =>
			$("<div>").append(RED.utils.createObjectElement(part, { key })),
		);
		$("#jsonata-map-input").empty().append(parts).find(".red-ui-debug-msg-expandable").first().trigger("click");
	}

	const soon = () => {
		clearTimeout(timer);
		timer = setTimeout(run, pauseMs);
	};

	async function run() {
		clearTimeout(timer);
		request?.abort();
		if (closed || !input) return;
		if (!RED.user.hasPermission("flows.write")) return output.text(node._("jsonata-map.preview.noRight"));
		busy.show();
		const trial = {
			mapping: mapping.text(),
			kind: mapping.kind(),
			connectionId: mapping.connectionId(),
			input,
		};
		const current = $.ajax({
			url: "hub/mapping-check",
			method: "POST",
			contentType: "application/json",
			data: JSON.stringify(trial),
		});
		request = current;
		try {
			const answer = await current;
			if (!closed) show(answer, trial.connectionId);
		} catch (failed) {
			if (failed.statusText !== "abort" && !closed) refused(failed);
		}
		if (request === current) busy.hide();
	}

	function show({ output: made, problems, input: seen }, connectionId) {
		const ran = made !== undefined || !problems.some(({ level }) => level === "error");
		stale.toggle(!ran && last !== null);
		output.toggleClass("hub-map-old", !ran);
		if (ran) {
			last = { input: seen, output: made };
			output.text(made === undefined ? node._("jsonata-map.preview.nothing") : JSON.stringify(made, null, 2));
		}
		showProblems(node, editor, problems, connectionId !== "");
	}

	function refused(failed) {
		output.text(node._("jsonata-map.preview.failed", { reason: window.orderHub.failure(failed) }));
		output.addClass("hub-map-old");
	}

	sample.on("change", choose);
	search.on("input", () => {
		clearTimeout(timer);
		timer = setTimeout(refill, pauseMs);
	});

	return {
		refill,
		run,
		soon,
		trial: () => last,
		close() {
			closed = true;
			clearTimeout(timer);
			request?.abort();
		},
	};
}
