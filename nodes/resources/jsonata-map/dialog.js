/** The dialog of jsonata-map: its tabs, and where the mapping's text comes from. */
import { openCases } from "./cases.js";
import { openFunctions } from "./functions.js";
import { openPreview } from "./preview.js";

const narrowest = 760; // px; below it the form scrolls sideways
const widest = 1100;
const untouched = "order"; // the text of a new node

/**
 * Fills the form for `node` and brings it to life.
 * `settings()`: what the node is to keep beside what Node-RED reads from the form's own fields.
 */
function mappingDialog(node) {
	const root = $(".hub-map");
	const source = $("#node-input-source");
	const file = $("#node-input-file");
	const kind = $("#node-input-kind");
	const casesFrom = $("#node-input-casesFrom");
	const editor = RED.editor.createEditor({
		id: "node-input-expression-editor",
		mode: "ace/mode/jsonata",
		value: node.expression,
		minimap: { enabled: false },
		lineNumbersMinChars: 3,
		fontSize: 12,
		folding: false,
	});
	const isFile = () => source.val() === "file";
	let written = node.expression; // the author's own text, while a file is looked at
	let kinds = {}; // of the files
	let filled = false;

	const mapping = {
		text: () => editor.getValue(),
		kind: () => kind.val(),
		isFile,
		file: () => file.val() ?? "",
		casesFrom: () => casesFrom.val() ?? "",
		connectionId: () => RED.nodes.node($("#node-input-connection").val())?.connectionId ?? "",
	};
	const cases = openCases(node, mapping, () => preview.trial());
	const preview = openPreview(node, mapping, editor, cases);
	openFunctions(node, editor, isFile, () => tabs.activateTab("jsonata-map-tab-mapping"));

	async function showFile() {
		const { text } = await $.getJSON(`hub/mappings/${file.val()}`);
		editor.setValue(text, -1);
		if (kinds[file.val()]) kind.val(kinds[file.val()]);
	}

	/** What may be changed now. */
	function showSource() {
		file.toggle(isFile());
		$("#jsonata-map-copy").toggle(isFile());
		editor.setReadOnly(isFile());
		kind.prop("disabled", isFile() && Boolean(kinds[file.val()]));
	}

	async function changed() {
		showSource();
		if (isFile() && file.val()) await showFile();
		showSource();
		await cases.run(); // their inputs are samples too
		await preview.refill();
	}

	/** The file's text becomes the author's own, and its cases go with it. */
	function editCopy() {
		casesFrom.val(file.val());
		source.val("inline");
		changed();
		editor.focus();
	}

	function sourceChosen() {
		if (isFile()) written = editor.getValue();
		else if (written !== untouched) editor.setValue(written, -1);
		else casesFrom.val(file.val());
		changed();
	}

	/** Node-RED tells of every field once before the drop-downs are filled. */
	const onceFilled = (act) => () => filled && act();
	source.on("change", onceFilled(sourceChosen));
	file.on("change", onceFilled(changed));
	kind.on("change", onceFilled(preview.refill));
	casesFrom.on("change", onceFilled(changed));
	$("#node-input-connection").on("change", onceFilled(preview.run));
	$("#jsonata-map-copy").on("click", editCopy);
	editor.getSession().on("change", onceFilled(preview.soon));

	const tabs = RED.tabs.create({
		id: "jsonata-map-tabs",
		onchange(tab) {
			root.children(".hub-map-panel").hide();
			$(`#${tab.id}`).css("display", "flex");
			if (tab.id.endsWith("cases")) onceFilled(cases.run)();
			RED.tray.resize();
		},
	});
	for (const [name, icon] of [
		["mapping", "exchange"],
		["cases", "check-square-o"],
		["functions", "superscript"],
	])
		tabs.addTab({
			id: `jsonata-map-tab-${name}`,
			iconClass: `fa fa-${icon}`,
			label: node._(`jsonata-map.tab.${name}`),
		});

	/** Offers the mapping files for both drop-downs; what the node has chosen stays chosen, were it gone meanwhile. */
	async function fill() {
		const option = (name) => $("<option>").val(name).text(name);
		casesFrom.append(option("").text(node._("jsonata-map.cases.fromNone")));
		const chosen = [node.file, node.casesFrom].filter(Boolean);
		for (const select of [file, casesFrom]) select.append(chosen.map(option));
		casesFrom.val(node.casesFrom ?? "");
		const files = await $.getJSON("hub/mappings");
		kinds = Object.fromEntries(files.map((each) => [each.name, each.kind]));
		const names = files.map((each) => each.name).filter((name) => !chosen.includes(name));
		for (const select of [file, casesFrom]) select.append(names.map(option));
		file.val(node.file || files.find((each) => each.kind === "order")?.name);
		kind.val(node.kind ?? kinds[node.file] ?? "order"); // settings of version 1 have none
		filled = true;
		file.trigger("change"); // for Node-RED too: it may have marked the empty drop-down
	}
	fill();

	root.css("min-width", Math.max(narrowest, Math.min(widest, $("#red-ui-editor-stack").position().left - 60)));

	return {
		settings: () => ({
			expression: isFile() ? written : editor.getValue(),
			cases: cases.own(),
			version: 2,
		}),
		resize() {
			root.height(Math.max(440, $("#dialog-form").height()));
			editor.resize();
		},
		close() {
			preview.close();
			editor.destroy();
		},
	};
}

/** `jsonata` is the editor's own copy. */
function isJsonata(text) {
	try {
		jsonata(text);
		return true;
	} catch {
		return false;
	}
}

Object.assign(window.orderHub, { mappingDialog, isJsonata });
