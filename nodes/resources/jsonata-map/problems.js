/** The list of what is wrong with a mapping, and the marks in the editor's gutter. */

const icons = { error: "times-circle", warning: "exclamation-triangle" };
const severities = { error: 8, warning: 4 }; // Monaco's

/** `judged`: whether an ERP's demands were looked at too. */
export function showProblems(node, editor, problems, judged) {
	const placed = problems.map((problem) => ({ ...problem, ...placeOf(editor.getValue(), problem) }));
	const rows = placed.map((problem) => row(node, editor, problem));
	if (!rows.length) rows.push(note("fine", "check-circle", node._("jsonata-map.problem.none")));
	if (!judged) rows.push(note("warning", "info-circle", node._("jsonata-map.problem.noTarget")));
	$("#jsonata-map-problems").empty().append(rows);
	mark(editor, placed);
}

function row(node, editor, { level, words, line, column }) {
	const place = line === null ? "" : node._("jsonata-map.problem.place", { line });
	return $("<button>", { type: "button", class: `hub-map-problem hub-map-${level}` })
		.append($("<i>", { class: `fa fa-${icons[level]}` }), $("<span>").text(orderHub.word(words)))
		.append($("<span>", { class: "hub-map-place" }).text(place))
		.on("click", () => {
			if (line === null) return;
			editor.gotoLine(line - 1, column - 1);
			editor.revealPositionInCenter?.({ lineNumber: line, column });
			editor.focus();
		});
}

const note = (level, icon, text) =>
	$("<div>", { class: `hub-map-problem hub-map-${level}` }).append(
		$("<i>", { class: `fa fa-${icon}` }),
		$("<span>").text(text),
	);

/** What the ERP says is of a field of the document: the line that writes a field of that name, where there is one. */
function placeOf(text, { line, column, field }) {
	if (line !== null) return { line, column: column ?? 1 };
	const name = field.split(".").at(-1).replace("[]", "");
	const lines = text.split("\n");
	const at = name === "" ? -1 : lines.findIndex((each) => each.includes(`"${name}":`));
	return at < 0 ? { line: null, column: null } : { line: at + 1, column: lines[at].indexOf(`"${name}":`) + 1 };
}

/** Only Monaco has markers; the list says the same. */
function mark(editor, problems) {
	const model = editor.getModel?.();
	if (!model) return;
	const markers = problems
		.filter(({ line }) => line !== null)
		.map(({ level, words, line, column }) => ({
			severity: severities[level],
			message: orderHub.word(words),
			startLineNumber: line,
			startColumn: column,
			endLineNumber: line,
			endColumn: model.getLineMaxColumn(Math.min(line, model.getLineCount())),
		}));
	window.monaco.editor.setModelMarkers(model, "order-hub", markers);
}
