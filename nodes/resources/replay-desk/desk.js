/** The side panel for trying flows: the tab's golden cases, and a dry run of it over stored orders. */
import { openCases } from "./cases.js";
import { openReplay } from "./replay.js";

const words = (key, values) => RED._(`order-hub-nodes/replay-desk:replay-desk.${key}`, values);

/** <tag class>text or children</tag> */
const make = (tag, className, content) => {
	const element = $(`<${tag}>`, { class: className });
	return typeof content === "string" ? element.text(content) : element.append(content ?? []);
};

/** A button that cannot be pressed twice while it works. */
function button(key, act) {
	const element = $("<button>", { type: "button", class: "red-ui-button red-ui-button-small" }).text(words(key));
	return element.on("click", async () => {
		element.prop("disabled", true);
		try {
			await act();
		} finally {
			element.prop("disabled", false);
		}
	});
}

/** Asks the editor's server. @throws {Error} with the hub's words in the editor's language */
async function ask(method, url, body) {
	try {
		return await $.ajax({ url, method, contentType: "application/json", data: body && JSON.stringify(body) });
	} catch (failed) {
		throw new Error(window.orderHub.failure(failed));
	}
}

const kit = { words, make, button, ask };

function openDesk() {
	const title = make("div", "hub-desk-tab");
	const content = make("div", "hub-desk", [title]);
	const tabId = () => RED.workspaces.active();
	const parts = [openCases(kit, tabId), openReplay(kit, tabId)];
	for (const { section } of parts) content.append(section);

	const showTab = () => {
		const tab = RED.nodes.workspace(tabId());
		title.text(tab ? tab.label : words("noTab"));
		for (const part of parts) part.tabChanged();
	};
	RED.events.on("workspace:change", showTab);
	RED.events.on("flows:change", showTab);
	RED.sidebar.addTab({
		id: "order-hub-desk",
		label: words("label"),
		name: words("name"),
		iconClass: "fa fa-flask",
		content,
		enableOnEdit: true,
		onchange: showTab,
	});
	showTab();
}

RED.plugins.registerPlugin("replay-desk", {
	type: "order-hub",
	onadd() {
		// Plugins come before the nodes, and with those what the hub's pages share.
		if (window.orderHub) openDesk();
		else RED.events.on("flows:loaded", openDesk);
	},
});
