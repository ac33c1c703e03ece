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
		const before = sample.val();
		const q = search.val().trim();
		const found = await $.getJSON(`hub/samples/${mapping.kind()}`, { q });
		if (closed) return;
		const recent = found.map((row) => option(samplesAt.recent + row.value, orderHub.word(row)));
		const ofCases = cases.results().map(({ name }) => option(samplesAt.cases + name, name));
		sample.empty();
		if (recent.length) sample.append(group("recent", recent));
		if (ofCases.length) sample.append(group("cases", ofCases));
		if (!recent.length && !ofCases.length) sample.append(option("", node._("jsonata-map.sample.none")));
		const stays = sample.find("option").is((_at, each) => each.value === before);
		if (stays) sample.val(before);
		if (!stays || input === null) await choose();
		else await run();
	}

	async function choose() {
		const value = sample.val() ?? "";
		if (value.startsWith(samplesAt.recent)) {
			const id = encodeURIComponent(value.slice(samplesAt.recent.length));
			input = await $.getJSON(`hub/samples/${mapping.kind()}/${id}`);
		} else {
			const name = value.slice(samplesAt.cases.length);
			input = cases.results().find((each) => each.name === name)?.input ?? null;
		}
		last = null;
		output.empty();
		showInput();
		await run();
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

	function refused({ status, responseJSON, statusText }) {
		const noRight = status === 401 || status === 403;
		const reason = responseJSON?.message ?? statusText;
		output.text(noRight ? node._("jsonata-map.preview.noRight") : node._("jsonata-map.preview.failed", { reason }));
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
