/** How a label will look, as the vendor's print component draws it; nothing is printed. */
import type { PrintClientName } from "../../config/print-clients.ts";
import { get, path } from "../api.ts";
import { inWords } from "../language.ts";
import { clientOf, printerOf } from "./components.ts";
import { labelDesk } from "./label-desk-parts.ts";
import type { WaybillRow } from "./waybill.ts";

interface Printed {
	printClient: PrintClientName;
	printData: string;
	printedBefore: boolean;
}

/** In a window of its own. @throws Problem, or PrintProblem where the component has no preview */
export async function showLabel({ _id: id, trackingNo }: WaybillRow): Promise<void> {
	const shown = window.open("", "_blank"); // at once, or the browser takes it for an advertisement
	if (!shown)
		throw new Error(
			inWords(["浏览器拦截了新窗口：请允许本站弹出窗口", "The browser blocked the window: allow pop-ups here"]),
		);
	try {
		const data = await get<Printed>(path`/waybills/${id}/print-data`);
		if (!data.printedBefore) labelDesk.value?.lookedAt(id);
		const printer = await printerOf(data.printClient);
		const { url, images } = await clientOf(data.printClient).preview(
			{ id, trackingNo, printData: data.printData },
			printer,
		);
		if (url) shown.location.href = url;
		else
			for (const image of images)
				shown.document.body.append(Object.assign(shown.document.createElement("img"), { src: image }));
	} catch (err) {
		shown.close();
		throw err;
	}
}
