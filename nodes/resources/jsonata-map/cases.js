/** The golden cases of a mapping: which pass, what differs, and what the node keeps of its own. */

/** `trial()`: {input, output} of the preview, or null while there is none. */
export function openCases(node, mapping, trial) {
	const summary = $("#jsonata-map-summary");
	const list = $("#jsonata-map-cases");
	const name = $("#jsonata-map-case-name");
	const words = (key, values) => node._(`jsonata-map.cases.${key}`, values);
	let own = structuredClone(node.cases ?? []); // settings of version 1 have none
	let results = [];
	let round = 0; // a later run makes the answers of earlier ones void

	async function run() {
		if (!RED.user.hasPermission("flows.write")) return summary.text(node._("jsonata-map.preview.noRight"));
		round += 1;
		const current = round;
		summary.text(words("running"));
		const trialOfCases = {
			mapping: mapping.text(),
			source: mapping.isFile() ? "file" : "inline",
			file: mapping.file(),
			casesFrom: mapping.casesFrom(),
			cases: own,
		};
		try {
			const answer = await $.ajax({
				url: "hub/mapping-cases",
				method: "POST",
				contentType: "application/json",
				data: JSON.stringify(trialOfCases),
			});
			if (current === round) show(answer);
		} catch (failed) {
			if (current === round) summary.text(window.orderHub.failure(failed));
		}
	}

	function show(answer) {
		results = answer;
		const failed = results.filter(({ passed }) => !passed).length;
		summary.text(results.length ? words("summary", { count: results.length, failed }) : words("none"));
		const removed = own.filter((each) => each.removed);
		list.empty().append(results.map(row), removed.map(removedRow));
		$("#jsonata-map-accept-all").toggle(!mapping.isFile() && results.some(isAcceptable));
		$("#jsonata-map-new").toggle(!mapping.isFile());
		$("#jsonata-map-cases-from").toggle(!mapping.isFile());
		$("#jsonata-map-cases-of-file").toggle(mapping.isFile());
	}

	const isAcceptable = ({ passed, output }) => !passed && output !== undefined;

	/** Puts `change` over what the node says of the case. */
	function keep(caseName, change) {
		const before = own.find((each) => each.name === caseName);
		own = [...own.filter((each) => each !== before), { ...before, name: caseName, ...change }];
	}

	const accept = (accepted) => {
		for (const result of accepted) keep(result.name, { output: result.output });
		return run();
	};

	/** A case of its own just goes; one of the file is noted as removed. */
	function remove(caseName) {
		const mine = own.find((each) => each.name === caseName);
		own = own.filter((each) => each !== mine);
		if (!mine || !("input" in mine)) own.push({ name: caseName, removed: true });
		return run();
	}

	function restore(caseName) {
		own = own.filter((each) => each.name !== caseName);
		return run();
	}

	function add() {
		const made = trial();
		const wanted = name.val().trim();
		const taken = results.some((each) => each.name === wanted);
		name.toggleClass("input-error", wanted === "" || taken);
		if (!made || made.output === undefined) return summary.text(words("noOutput"));
		if (taken) return summary.text(words("taken"));
		if (wanted === "") return name.trigger("focus");
		keep(wanted, made);
		name.val("");
		return run();
	}

	const button = (key, act) =>
		$("<button>", { type: "button", class: "red-ui-button red-ui-button-small" }).text(words(key)).on("click", act);

	function row(result) {
		const icon = $("<i>", { class: `fa fa-${result.passed ? "check" : "times"}` });
		const head = $("<div>").append(icon, $("<span>").text(result.name));
		if (!mapping.isFile()) {
			if (isAcceptable(result)) head.append(button("accept", () => accept([result])));
			head.append(button("remove", () => remove(result.name)));
		}
		const item = $("<li>", { class: result.passed ? "hub-map-passed" : "hub-map-failed" }).append(head);
		if (result.failure) item.append($("<p>").text(result.failure));
		if (result.differences.length) item.append(differences(result.differences));
		return item;
	}

	const removedRow = ({ name: caseName }) =>
		$("<li>", { class: "hub-map-gone" }).append(
			$("<div>").append(
				$("<i>", { class: "fa fa-ban" }),
				$("<span>").text(caseName),
				words("removed"),
				button("restore", () => restore(caseName)),
			),
		);

	function differences(found) {
		const value = (each) => $("<code>").text(each === undefined ? words("nothing") : JSON.stringify(each));
		const cells = ({ at, expected, actual }) => [
			$("<code>").text(at || words("whole")),
			value(expected),
			value(actual),
		];
		const line = (tag, parts) => $("<tr>").append(parts.map((part) => $(`<${tag}>`).append(part)));
		const heads = ["field", "expected", "actual"].map((key) => document.createTextNode(words(key)));
		return $("<table>").append(
			line("th", heads),
			found.map((each) => line("td", cells(each))),
		);
	}

	$("#jsonata-map-run").on("click", run);
	$("#jsonata-map-accept-all").on("click", () => accept(results.filter(isAcceptable)));
	$("#jsonata-map-add").on("click", add);

	return { run, own: () => own, results: () => results };
}
