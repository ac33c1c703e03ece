/** Golden cases of the mappings of a tab, as they stand in the editor, deployed or not. */

export function openCases({ words, make, button, ask }, tabId) {
	const list = make("ul", "hub-desk-list");
	const summary = make("p", "hub-desk-summary");

	const mappings = () => RED.nodes.filterNodes({ z: tabId(), type: "jsonata-map" }).filter((node) => !node.d);

	async function textOf({ source, file, expression }) {
		if (source === "inline") return expression;
		return (await ask("GET", `hub/mappings/${file}`)).text;
	}

	async function runOne(node) {
		const { source, file, casesFrom = "", cases = [] } = node;
		const trial = { mapping: await textOf(node), source, file, casesFrom, cases };
		return ask("POST", "hub/mapping-cases", trial);
	}

	async function run() {
		list.empty();
		summary.text(words("cases.running"));
		let [count, failed] = [0, 0];
		for (const node of mappings()) {
			try {
				const results = await runOne(node);
				const broken = results.filter(({ passed }) => !passed);
				count += results.length;
				failed += broken.length;
				list.append(row(node, results.length, broken));
			} catch (err) {
				failed += 1;
				list.append(make("li", "hub-desk-bad", `${labelOf(node)}: ${err.message}`));
			}
		}
		summary.text(count || failed ? words("cases.summary", { count, failed }) : words("cases.none"));
		summary.toggleClass("hub-desk-bad", failed > 0).toggleClass("hub-desk-good", count > 0 && failed === 0);
	}

	const labelOf = (node) => RED.utils.getNodeLabel(node, node.type);

	function row(node, count, broken) {
		const name = $("<a>", { href: "#" })
			.text(labelOf(node))
			.on("click", (event) => {
				event.preventDefault();
				RED.view.reveal(node.id);
				RED.editor.edit(node);
			});
		const item = make("li", broken.length ? "hub-desk-bad" : "hub-desk-good", [name]);
		item.append(document.createTextNode(` ${words("cases.of", { passed: count - broken.length, count })}`));
		if (broken.length)
			item.append(
				make(
					"ul",
					"",
					broken.map(({ name: each, ...why }) => make("li", "", `${each}: ${first(why)}`)),
				),
			);
		return item;
	}

	/** What a case fails by, in one line. */
	function first({ failure, differences }) {
		const [difference] = differences;
		if (failure || !difference) return failure ?? "";
		const { at, expected, actual } = difference;
		return `${at || words("cases.whole")}: ${JSON.stringify(expected) ?? "—"} → ${JSON.stringify(actual) ?? "—"}`;
	}

	const section = make("section", "", [make("h3", "", words("cases.title")), button("cases.run", run), summary, list]);
	let shown;
	return {
		section,
		tabChanged() {
			if (shown === tabId()) return;
			shown = tabId();
			list.empty();
			summary.text("");
		},
	};
}
