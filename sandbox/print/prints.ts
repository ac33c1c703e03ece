import type { Label } from "./label.ts";
import { labelPdf } from "./label-pdf.ts";

/** A label that came out of a printer. */
export interface Print {
	n: number; // from 1 on, over all components
	client: string;
	printer: string;
	documentID: string;
	trackingNo: string;
	at: string; // ISO 8601
}

/** So many are kept, with what they look like: a page or two of a demo's day. */
const mostKept = 2_000;

/** What all the components' printers have printed, and what they would. In memory only, as paper is elsewhere. */
export class Prints {
	#kept: { print: Print; label: Label }[] = [];
	#last = 0;
	#previews: { n: number; label: Label; printer: string }[] = [];
	#lastPreview = 0;

	add(client: string, printer: string, documentID: string, label: Label): void {
		this.#last += 1;
		const at = new Date().toISOString();
		this.#kept.push({ print: { n: this.#last, client, printer, documentID, trackingNo: label.trackingNo, at }, label });
		if (this.#kept.length > mostKept) this.#kept.shift();
	}

	/** Oldest first. */
	list(): Print[] {
		return this.#kept.map(({ print }) => print);
	}

	/** null: there is none of that number, or it is too long ago. */
	pdf(n: number): string | null {
		const kept = this.#kept.find(({ print }) => print.n === n);
		return kept ? labelPdf(kept.label, kept.print.printer, Date.parse(kept.print.at)) : null;
	}

	/** The number of the preview. */
	preview(printer: string, label: Label): number {
		this.#lastPreview += 1;
		this.#previews.push({ n: this.#lastPreview, label, printer });
		if (this.#previews.length > mostKept) this.#previews.shift();
		return this.#lastPreview;
	}

	previewPdf(n: number): string | null {
		const preview = this.#previews.find((each) => each.n === n);
		return preview ? labelPdf(preview.label, preview.printer, Date.now()) : null;
	}

	clear(): void {
		this.#kept = [];
		this.#previews = [];
		this.#last = 0;
		this.#lastPreview = 0;
	}
}
