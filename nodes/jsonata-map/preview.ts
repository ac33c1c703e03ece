/** What the dialog shows of a mapping under work: its output and problems on a sample, and its golden cases. */
import { hubError } from "../../config/errors.ts";
import { hubBroker } from "../hub/broker.ts";
import { type CaseResult, type CaseSettings, casesOf, runCases } from "./cases.ts";
import { checkMapping, type Judge, type MappingInput, type MappingProblem } from "./check/check.ts";
import { Mapper } from "./mapper.ts";
import type { Case } from "./mapping-files.ts";
import { type MappingKind, mappingKinds } from "./migrations.ts";
import type { SampleInput } from "./samples.ts";

export interface Trial {
	mapping: string; // the text
	kind: MappingKind;
	connectionId: string; // "": no ERP judges the document
	input: SampleInput & { cfg?: Record<string, string> }; // without cfg: the connection's settings
}

export interface Preview {
	output: unknown;
	problems: MappingProblem[];
	input: MappingInput; // as the mapping saw it
}

interface Connection {
	dialect: string;
	settings: Record<string, string>;
}

// Not the flows' own: a mapping under work that overruns must not keep an order waiting. Idle threads hold nothing up.
const mapper = new Mapper();

const judge: Judge = (target, document) => hubBroker().call("erp.check", { ...target, document });

/** Sends nothing out. @throws INVALID for what is no trial; CONNECTION_MISSING */
export async function preview({ mapping, kind, connectionId, input: sample }: Trial): Promise<Preview> {
	if (typeof mapping !== "string" || !mappingKinds.includes(kind) || typeof sample?.order !== "object")
		throw hubError("INVALID", "a mapping, its kind and a sample with an order are needed");
	const connection = connectionId
		? await hubBroker().call<Connection, object>("connection.get", { id: connectionId })
		: null;
	const input = { ...sample, cfg: sample.cfg ?? connection?.settings ?? {} } as MappingInput;
	const target = connection && { dialect: connection.dialect, settings: connection.settings, kind };
	return { ...(await checkMapping(mapper, mapping, input, target, judge)), input };
}

/** A mapping, and the settings of its node that say which cases apply. */
export interface CasesTrial extends CaseSettings {
	mapping: string;
}

/** What the mapping makes of each case. @throws INVALID, NOT_FOUND for cases that are none */
export async function previewCases(trial: CasesTrial): Promise<(CaseResult & Pick<Case, "input">)[]> {
	const { mapping, ...settings } = trial;
	if (typeof mapping !== "string" || !Array.isArray(settings.cases ?? []))
		throw hubError("INVALID", "a mapping and a list of cases are needed");
	const cases = await casesOf(settings);
	const results = await runCases(mapper, mapping, cases);
	return results.map((result, at) => ({ ...result, input: cases[at]?.input }));
}
