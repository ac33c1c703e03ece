import { beijing } from "../beijing.ts";
import type { ErpDocument } from "../erp/document.ts";
import { yuan } from "../money.ts";
import type { MarketOrder } from "../platforms/market-order.ts";
import { erpKinds, type Simulators } from "../simulators.ts";
import { type Answer, header, type Received } from "../target.ts";
import { type PageTexts, pageTexts } from "./page-texts.ts";

const rowsShown = 15;

/** The page at "/": what there is, and buttons to place orders. Language by `?lang=zh|en`, else by the browser's. */
export function page(simulators: Simulators, request: Received): Answer {
	const preferred = /^\s*zh/i.test(header(request, "accept-language")) ? "zh" : "en";
	const language = request.query.get("lang") === "zh" ? "zh" : request.query.get("lang") === "en" ? "en" : preferred;
	const texts = pageTexts[language];
	const other = language === "zh" ? "en" : "zh";
	const body = `<!doctype html>
<html lang="${language === "zh" ? "zh-CN" : "en"}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${texts.title}</title><style>${style}</style></head>
<body data-failed="${texts.failed}"><header><h1>${texts.title}</h1><a href="?lang=${other}">${texts.other}</a></header>
<p>${texts.intro}</p><main>${sections(simulators, texts, header(request, "host"))}</main><script>${script}</script></body></html>`;
	return { status: 200, type: "text/html;charset=UTF-8", body };
}

function sections(simulators: Simulators, texts: PageTexts, host: string): string {
	const { platforms, behaviours, market, documents, messenger } = simulators;
	const { columns } = texts;
	const shops = platforms.flatMap(({ name, shops: { all }, gatewayPath }) =>
		all.map((shop) => {
			const told = messenger.hub(name) ?? "–";
			const buttons = [1, 10].map((count) => button(name, shop.shopId, count, texts)).join(" ");
			const identity = [name, `${shop.name} (${shop.shopId})`].map(escapeHtml);
			const access = [gatewayPath, shop.app.key, told].map(escapeHtml);
			return [...identity, buttons, ...access];
		}),
	);
	const erps = erpKinds.map(({ dialect }) => {
		const { autoShip, afterMs, hub } = behaviours.of(dialect);
		const ships = autoShip ? `${afterMs} ms` : (texts.shipping.off ?? "");
		return [dialect, `http://${host}/erp/${dialect}`, ships, hub?.url ?? "–"].map(escapeHtml);
	});
	return [
		section(
			texts.shops,
			[columns.platform, columns.shop, "", columns.gateway, columns.appKey, columns.told],
			shops,
			texts,
		),
		section(texts.erps, [columns.dialect, columns.address, columns.autoShip, columns.hub], erps, texts),
		section(
			texts.orders,
			[columns.order, columns.status, columns.paid, columns.lines, columns.parcels, columns.modified],
			market.orders.latest(rowsShown).map((order) => orderCells(order, texts)),
			texts,
		),
		section(
			texts.documents,
			[columns.dialect, columns.document, columns.total, columns.lines, columns.accepted, columns.shipping],
			documents.all.latest(rowsShown).map((document) => documentCells(document, texts)),
			texts,
		),
	].join("");
}

function orderCells(order: MarketOrder, texts: PageTexts): string[] {
	const lines = order.lines.map(({ sku, quantity }) => `${sku} × ${quantity}`).join(", ");
	const parcels = order.parcels.map(({ carrier, trackingNo }) => `${carrier} ${trackingNo}`).join(", ");
	const status = texts.status[order.status] ?? order.status;
	const { platform, platformOrderId, paidFen, modifiedMs } = order;
	const id = `${platform} ${platformOrderId}`;
	return [id, status, yuan(paidFen), lines, parcels, beijing(modifiedMs)].map(escapeHtml);
}

function documentCells(document: ErpDocument, texts: PageTexts): string[] {
	const { dialect, key, totalFen, lines, accepted, cancelled, shipping } = document;
	const state = texts.shipping[cancelled ? "cancelled" : shipping.state] ?? "";
	const parcel = shipping.state === "done" ? ` ${shipping.carrier} ${shipping.trackingNo}` : "";
	const skus = lines.map(({ sku, quantity }) => `${sku} × ${quantity}`).join(", ");
	return [dialect, key, yuan(totalFen), skus, String(accepted), `${state}${parcel}`].map(escapeHtml);
}

/** A table; the cells are HTML already. */
function section(title: string, columns: string[], rows: string[][], { none }: PageTexts): string {
	const head = columns.map((column) => `<th>${column}</th>`).join("");
	const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("");
	const table = `<div><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
	return `<section><h2>${title}</h2>${rows.length > 0 ? table : `<p>${none}</p>`}</section>`;
}

function button(platform: string, shopId: string, count: number, texts: PageTexts): string {
	return `<button data-platform="${escapeHtml(platform)}" data-shop="${escapeHtml(shopId)}" data-count="${count}">${texts.place(count)}</button>`;
}

const entities: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};

function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif }
body { max-width: 76rem; margin: 0 auto; padding: 1rem 1.5rem }
header { display: flex; justify-content: space-between; align-items: baseline }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem }
section > div { overflow-x: auto } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: left; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid #8884; white-space: nowrap }
th { font-weight: 500; opacity: .65 } td:nth-child(4) { white-space: normal; overflow-wrap: anywhere }
button { font: inherit; padding: .25rem .8rem; border: 1px solid #2563eb; border-radius: 6px; background: #2563eb; color: #fff; cursor: pointer }
button:disabled { opacity: .5 }`;

/** Looks every two seconds for what is new; the buttons are found anew in each copy of the tables. */
const script = `
async function show() {
	const text = await (await fetch(location.href)).text();
	document.querySelector("main").innerHTML = new DOMParser().parseFromString(text, "text/html").querySelector("main").innerHTML;
}
document.addEventListener("click", async ({ target }) => {
	const { platform, shop, count } = target.dataset;
	if (!count) return;
	target.disabled = true;
	const body = JSON.stringify({ count: Number(count), shopId: shop });
	const answer = await fetch("/_control/platforms/" + platform + "/orders", { method: "POST", body });
	if (!answer.ok) alert(document.body.dataset.failed + ": " + (await answer.text()));
	await show();
});
setInterval(() => show().catch(() => {}), 2000);`;
