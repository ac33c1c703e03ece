/** The flow editor in a real browser: its nodes and their dialogs, for the tests. */
import type { Browser, Page } from "playwright-core";
import { signInAtEditor } from "./chromium.ts";

/** A select of a dialog that the hub fills, and what the hub offers for it now. */
export interface Offered {
	id: string;
	rows: string[]; // values in the drop-down
	choices: string[]; // values the hub offers
}

/** A field that was given a value its node does not take. */
export interface Spoilt {
	id: string;
	marked: boolean;
}

export interface EditorPage {
	page: Page;
	/** What the page threw or wrote as an error since it was signed in. */
	broken: string[];
	/** Puts a new node of the type on the page, as the palette would; of a configuration node it takes one there is. */
	makeNode(type: string): Promise<string>;
	/** Opens the dialog, with everything that it loads. */
	openDialog(id: string): Promise<void>;
	/** Presses Done and waits until the dialog is gone. */
	done(): Promise<void>;
	/** Shuts what a test that failed left open. */
	cancel(): Promise<void>;
	/** What a person reads in the open dialog: words, hints in empty fields, titles, the rows of drop-downs. */
	words(): Promise<string[]>;
	/** The words that come from the node's catalogue. */
	translated(): Promise<string[]>;
	/** Field -> value, of all that the node keeps and the form shows. */
	values(): Promise<Record<string, string>>;
	offered(): Promise<Offered[]>;
	/** Gives each checked field in turn a wrong value, and back its own. */
	spoil(id: string): Promise<Spoilt[]>;
}

const patienceMs = 45_000; // for one condition, on a busy machine

/** Signs in and waits until the nodes are there. Code in quotes runs in the page, where RED and $ are. */
export async function openEditor(browser: Browser, url: string, locale: string): Promise<EditorPage> {
	const context = await browser.newContext({ locale, viewport: { width: 1280, height: 800 } });
	context.setDefaultTimeout(patienceMs);
	const page = await context.newPage();
	await page.goto(url);
	await page.locator("#node-dialog-login-username").waitFor();
	const broken: string[] = [];
	page.on("pageerror", (err) => broken.push(String(err)));
	page.on("console", (line) => line.type() === "error" && broken.push(`${line.text()} ${line.location().url}`));
	await signInAtEditor(page);
	await page.waitForFunction("window.RED?.nodes?.node('order-to-erp-map') && $.active === 0");
	await page.evaluate(noteOffers);

	const dialog = "#dialog-form, #node-config-dialog-edit-form";
	return {
		page,
		broken,
		makeNode: (type) => page.evaluate(`(${makeNode})(${JSON.stringify(type)})`),
		async openDialog(id) {
			await page.evaluate(`(${open})(${JSON.stringify(id)})`);
			await page.locator(dialog).first().waitFor();
			// The tray slides in, then it loads what it offers.
			await page.waitForFunction("$('.red-ui-tray').css('right') === '0px' && $.active === 0");
		},
		async done() {
			await page.locator("#node-dialog-ok, #node-config-dialog-ok").click();
			await page.locator(".red-ui-tray").waitFor({ state: "detached" });
		},
		async cancel() {
			const button = page.locator("#node-dialog-cancel, #node-config-dialog-cancel");
			if (await button.count()) await button.click();
			await page.locator(".red-ui-tray").waitFor({ state: "detached" });
		},
		words: () => page.evaluate(`(${words})($("${dialog}"))`),
		translated: () =>
			page.evaluate(`$("${dialog}").find("[data-i18n]").get().map((each) => each.textContent).filter(Boolean)`),
		values: () => page.evaluate(`(${values})($("${dialog}"))`),
		offered: () => page.evaluate(`(${offered})()`),
		spoil: (id) => page.evaluate(`(${spoil})(${JSON.stringify(id)})`),
	};
}

/** Writes down what each dialog asks the hub for. */
const noteOffers = `
	window.offers = [];
	const offer = orderHub.offer;
	orderHub.offer = function (select, name, ...rest) {
		window.offers.push({ id: select.attr("id"), name });
		return offer.call(this, select, name, ...rest);
	};
`;

const makeNode = `(type) => {
	if (RED.nodes.getType(type).category === "config") {
		let found;
		RED.nodes.eachConfig((node) => { if (node.type === type) found = node.id; });
		return found;
	}
	const { node } = RED.view.createNode(type, 200, 400);
	return RED.nodes.add(node).id;
}`;

const open = `(id) => {
	window.offers.length = 0;
	const node = RED.nodes.node(id);
	if (node._def.category === "config") RED.editor.editConfig("", node.type, id);
	else RED.editor.edit(node);
}`;

const words = `(dialog) => [
	dialog.text(),
	...dialog.find("option, [placeholder], [title], [aria-label]").get()
		.flatMap((each) => [each.textContent, each.placeholder, each.title, each.ariaLabel]),
].filter(Boolean)`;

const values = `(dialog) => Object.fromEntries(
	dialog.find("[id^=node-input-], [id^=node-config-input-]").filter("input, select, textarea").get()
		.map((each) => [each.id, each.type === "checkbox" ? String(each.checked) : each.value]),
)`;

const offered = `() => Promise.all(window.offers.map(async ({ id, name }) => ({
	id,
	rows: $("#" + id).find("option").get().map((each) => each.value),
	choices: (await $.getJSON("hub/choices/" + name)).map(({ value }) => value),
})))`;

const spoil = `(id) => {
	const node = RED.nodes.node(id);
	const spoilt = [];
	for (const [name, rule] of Object.entries(node._def.defaults)) {
		const field = $("#node-input-" + name + ", #node-config-input-" + name).filter("input:visible").not("[type=checkbox]");
		if (!field.length || rule.type || !(rule.required || rule.validate)) continue;
		const takes = (value) => !(rule.required && value === "") && (rule.validate?.call(node, value, {}) ?? true) === true;
		const wrong = ["", "-1", "not a value!", "long ".repeat(500)].find((value) => !takes(value));
		const own = field.val();
		field.val(wrong).trigger("change");
		spoilt.push({ id: field.attr("id"), marked: field.hasClass("input-error") });
		field.val(own).trigger("change");
	}
	return spoilt;
}`;
