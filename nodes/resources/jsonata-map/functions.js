/** The functions a mapping may use beside JSONata's own: a table to read and to insert from, and completion. */

let docs; // name -> {args, zh, en, example, result}; asked for once

export async function openFunctions(node, editor, isReadOnly, showMapping) {
	if (!docs) {
		docs = await $.getJSON("hub/mapping-helpers");
		complete(docs);
	}
	const heads = ["call", "what", "example"].map((key) => $("<th>").text(node._(`jsonata-map.functions.${key}`)));
	const rows = Object.entries(docs).map(([name, doc]) => {
		const call = `$${name}(${doc.args})`;
		const insert = $("<button>", { type: "button" })
			.append($("<code>").text(call))
			.on("click", () => {
				if (isReadOnly()) return;
				showMapping();
				editor.insertSnippet(snippet(name, doc));
				editor.focus();
			});
		const example = $("<code>").text(`${doc.example} → ${JSON.stringify(doc.result)}`);
		return $("<tr>").append(
			[insert, document.createTextNode(orderHub.word(doc)), example].map((each) => $("<td>").append(each)),
		);
	});
	$("#jsonata-map-functions").empty().append($("<tr>").append(heads), rows);
}

/** "$share(totalFen, weights)" with its arguments as places to fill in. */
const snippet = (name, { args }) =>
	`\\$${name}(${args
		.split(", ")
		.map((arg, at) => `\${${at + 1}:${arg}}`)
		.join(", ")})`;

/** Only Monaco completes. Its provider is the page's, not the dialog's: added once. */
function complete(known) {
	if (!window.monaco) return;
	const { CompletionItemKind, CompletionItemInsertTextRule } = window.monaco.languages;
	window.monaco.languages.registerCompletionItemProvider("jsonata", {
		triggerCharacters: ["$"],
		provideCompletionItems(model, position) {
			const before = model.getLineContent(position.lineNumber).slice(0, position.column - 1);
			const typed = /\$\w*$/.exec(before)?.[0] ?? "";
			const range = new window.monaco.Range(
				position.lineNumber,
				position.column - typed.length,
				position.lineNumber,
				position.column,
			);
			const suggestions = Object.entries(known).map(([name, doc]) => ({
				label: `$${name}`,
				kind: CompletionItemKind.Function,
				detail: `$${name}(${doc.args})`,
				documentation: `${orderHub.word(doc)}\n\n${doc.example} → ${JSON.stringify(doc.result)}`,
				insertText: snippet(name, doc),
				insertTextRules: CompletionItemInsertTextRule.InsertAsSnippet,
				range,
			}));
			return { suggestions };
		},
	});
}
