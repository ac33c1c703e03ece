/** What can be done with bills. Each call answers for every bill it names. */
import type { Answer } from "../../target.ts";
import type { ErpDocument } from "../document.ts";
import type { Documents } from "../documents.ts";
import { type Entity, type Problem, problem, refused, said } from "./answers.ts";
import { dialect, type Ledger } from "./ledger.ts";
import { type Form, listOf, type Model, readModel, textAt } from "./model.ts";

type Data = Readonly<Record<string, unknown>>;
type Done = { entity: Omit<Entity, "DIndex">; document: ErpDocument } | { problems: Problem[] };

export class Bills {
	readonly #documents: Documents;
	readonly #ledger: Ledger;

	constructor(documents: Documents, ledger: Ledger) {
		this.#documents = documents;
		this.#ledger = ledger;
	}

	save(form: Form, data: Data, nowMs: number): Answer {
		const done = this.#saveOne(form, Object(data.Model) as Model, data, nowMs);
		if ("problems" in done) return refused(done.problems);
		const asked = listOf(data.NeedReturnFields).includes("FBillAllAmount");
		const returned = asked ? { NeedReturnData: [{ FBillAllAmount: done.document.totalFen / 100 }] } : {};
		return said([{ ...done.entity, DIndex: 0 }], [], returned);
	}

	/** Some may be stored and others not. */
	batchSave(form: Form, data: Data, nowMs: number): Answer {
		const all = listOf(data.Model).map((model) => this.#saveOne(form, Object(model) as Model, data, nowMs));
		return saidOf(all);
	}

	/** Refused where a delivery was made of it. */
	unAudit(form: Form, data: Data): Answer {
		return this.#each(form, data, (document, billNo) => {
			if (this.#ledger.paper(document).status !== "C") return `单据“${billNo}”未审核，不允许反审核`;
			const { state, attempts } = document.shipping;
			if (state !== "none" && (state !== "waiting" || attempts > 0)) {
				return `单据“${billNo}”已关联下游单据“销售出库单”，不允许反审核`;
			}
			this.#ledger.keep(document, { status: "D" });
			return "";
		});
	}

	audit(form: Form, data: Data): Answer {
		return this.#each(form, data, (document) => {
			this.#ledger.keep(document, { status: "C" });
			return "";
		});
	}

	/** 作废: only what is not audited. */
	cancel(form: Form, data: Data): Answer {
		return this.#each(form, data, (document, billNo) => {
			if (document.cancelled) return `单据“${billNo}”已作废`;
			if (this.#ledger.paper(document).status === "C") return `单据“${billNo}”已审核，不允许作废`;
			const outcome = this.#documents.cancel(document);
			return outcome === "cancelled" ? "" : `单据“${billNo}”已关联下游单据“发货通知单”，不允许作废`;
		});
	}

	#each(form: Form, data: Data, act: (document: ErpDocument, billNo: string) => string): Answer {
		const ids = String(data.Ids ?? "")
			.split(",")
			.filter(Boolean)
			.map(Number);
		const all = ids.map((id): Done => {
			const document = this.#ledger.byId(form, id);
			if (!document) return { problems: [problem(`内码“${id}”的单据不存在`)] };
			const billNo = document.docNos[this.#ledger.ids(document).indexOf(id)] ?? "";
			const words = act(document, billNo);
			return words ? { problems: [problem(words)] } : { entity: { Id: id, Number: billNo }, document };
		});
		return ids.length ? saidOf(all) : refused([problem("Ids 不能为空")]);
	}

	#saveOne(form: Form, model: Model, data: Data, nowMs: number): Done {
		const id = Number(model.FID ?? 0);
		const { fresh, problems } = readModel(form, model, id === 0);
		if (!fresh) return { problems };
		if (id !== 0) return this.#change(form, id, fresh, model, data, nowMs);
		const known = this.#documents.find(dialect, fresh.key, form.kind);
		const billNo = textAt(model, "FBillNo");
		if (known && billNo) return { problems: [problem(`单据编号“${billNo}”已存在`, "FBillNo")] };
		// Only the bill number is unique; without one the same JSON is known again, if that was asked for.
		if (known && String(data.ValidateRepeatJson) === "true") return { problems: [problem("数据重复提交")] };
		const { document } = this.#documents.take(dialect, { ...fresh, key: fresh.key || nextKey(this.#documents) }, nowMs);
		this.#ledger.keep(document, { status: statusAfter(data), model });
		if (billNo) {
			document.docNos = [billNo]; // there is no other of this number
			this.#documents.changed(document);
		}
		return this.#done(document, document.docNos.length - 1);
	}

	/** Lines that are not sent are gone, unless IsDeleteEntry says otherwise. */
	#change(
		form: Form,
		id: number,
		fresh: Parameters<Documents["change"]>[1],
		model: Model,
		data: Data,
		nowMs: number,
	): Done {
		const document = this.#ledger.byId(form, id);
		if (!document || form.kind !== "order") return { problems: [problem(`内码“${id}”的单据不存在`)] };
		const { status, model: before } = this.#ledger.paper(document);
		if (document.cancelled) return { problems: [problem("已作废的单据不允许修改")] };
		if (status === "C") return { problems: [problem("已审核的单据不允许修改")] };
		const keeps = String(data.IsDeleteEntry ?? "true") !== "true";
		const entries = [...(keeps ? listOf(before[form.entry]) : []), ...listOf(model[form.entry])];
		const lines = [...(keeps ? document.lines : []), ...fresh.lines];
		const freightFen = fresh.freightFen + (keeps ? document.freightFen : 0);
		const outcome = this.#documents.change(document, { ...fresh, lines, freightFen }, nowMs);
		if (outcome !== "changed") return { problems: [problem("已关联下游单据“销售出库单”，不允许修改")] };
		this.#ledger.keep(document, { status: statusAfter(data), model: { ...before, ...model, [form.entry]: entries } });
		return this.#done(document, this.#ledger.ids(document).indexOf(id));
	}

	#done(document: ErpDocument, copy: number): Done {
		const Id = this.#ledger.ids(document)[copy] ?? 0;
		return { entity: { Id, Number: document.docNos[copy] ?? "" }, document };
	}
}

const statusAfter = ({ IsAutoSubmitAndAudit: auto }: Data): "A" | "C" => (String(auto) === "true" ? "C" : "A");

/** A bill that names no number of ours has only the ERP's. */
const nextKey = ({ all }: Documents): string => `XSDD${String(all.nextSequence).padStart(6, "0")}`;

function saidOf(all: readonly Done[]): Answer {
	const entities = all.flatMap((done, DIndex) => ("entity" in done ? [{ ...done.entity, DIndex }] : []));
	const problems = all.flatMap((done, DIndex) =>
		"problems" in done ? done.problems.map((each) => ({ ...each, DIndex })) : [],
	);
	return said(entities, problems);
}
