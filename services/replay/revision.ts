/** What a caller names as a revision, looked up and made ready to run. */
import { createHash } from "node:crypto";
import { hubError } from "../../config/errors.ts";
import { flowRevision } from "../../nodes/hub/flow-revision.ts";
import { readMapping } from "../../nodes/jsonata-map/mapping-files.ts";
import type { FlowNode } from "../editor/flow-files.ts";
import type { PushKind } from "../erp/driver.ts";
import type { RevisionName } from "./replay.model.ts";
import type { Revision } from "./rig/plan.ts";
import { kindsOf, mappingFilesOf, mappingNodesFor, subjectFor, tabWith } from "./tab.ts";

/** A mapping that goes to one connection as one kind: a file of the repository, or its text. */
export interface MappingRef {
	file?: string;
	expression?: string;
	kind: PushKind;
	connectionId: string;
}

/** One of them. `flows`: a tab with what it uses, as it is in an editor before it is deployed. */
export interface RevisionRef {
	deployed?: string; // a tab's id
	flows?: FlowNode[];
	mapping?: MappingRef;
}

/** "pushed": what ERPs were given. */
export type BaselineRef = RevisionRef | "pushed";

/** "nothing": there is none yet, so that all that the candidate makes is new. */
export type Baseline = ReadyRevision | "pushed" | "nothing";

export interface ReadyRevision {
	name: RevisionName;
	revision: Revision;
	kinds: PushKind[]; // of the documents it makes
}

/** Reads what is deployed. */
export type AskFlows = () => Promise<FlowNode[]>;

/** @throws INVALID for a revision that names nothing, or several things */
export async function readyRevision(ref: RevisionRef, deployed: AskFlows): Promise<ReadyRevision> {
	if (ref.deployed !== undefined) return readyTab(await deployed(), ref.deployed, "deployed");
	if (ref.flows) return readyTab(ref.flows, tabIn(ref.flows), "editor");
	if (ref.mapping) return readyMapping(ref.mapping);
	throw hubError("INVALID", "a revision is deployed, flows or mapping", { field: "candidate" });
}

/**
 * What is there without the candidate: the same tab as deployed, or the mapping that is deployed for the same documents.
 * @throws INVALID where several mappings are
 */
export async function usualBaseline(candidate: RevisionRef, deployed: AskFlows): Promise<ReadyRevision | "nothing"> {
	const flows = await deployed();
	if (!candidate.mapping) {
		const tabId = candidate.deployed ?? tabIn(candidate.flows ?? []);
		const isThere = flows.some(({ id, type }) => id === tabId && type === "tab");
		return isThere ? readyTab(flows, tabId, "deployed") : "nothing";
	}
	const { kind, connectionId } = candidate.mapping;
	const sources = await deployedMappings(flows, kind, connectionId);
	const [source] = sources;
	if (source === undefined) return "nothing";
	if (sources.length === 1) return mappingOf(source, kind, connectionId, "deployed");
	const found = `${sources.length} different mappings are deployed for ${kind} to ${connectionId}`;
	throw hubError("INVALID", `${found}: name a baseline`, { field: "baseline" });
}

/** Whether what runs now is that very revision. */
export async function isDeployed(
	{ hash, tabId, kind, connectionId }: RevisionName,
	deployed: AskFlows,
): Promise<boolean> {
	const flows = await deployed();
	if (!tabId) {
		const sources = await deployedMappings(flows, kind as PushKind, connectionId);
		return sources.length === 1 && mappingOf(sources[0] ?? "", kind as PushKind, connectionId, "").name.hash === hash;
	}
	const tab = flows.find(({ id, type }) => id === tabId && type === "tab");
	return Boolean(tab && !tab.disabled) && (await readyTab(flows, tabId, "deployed")).name.hash === hash;
}

function tabIn(flows: readonly FlowNode[]): string {
	const tabs = flows.filter(({ type }) => type === "tab");
	const [tab] = tabs;
	if (!tab || tabs.length > 1)
		throw hubError("INVALID", `flows must hold one tab, not ${tabs.length}`, { field: "flows" });
	return tab.id;
}

async function readyTab(flows: readonly FlowNode[], tabId: string, whence: string): Promise<ReadyRevision> {
	const own = tabWith(flows, tabId);
	const label = String(own.find(({ id }) => id === tabId)?.label || tabId);
	// A file that is changed is another revision, though the tab only names it.
	const texts = await Promise.all(mappingFilesOf(own).map(async (file) => [file, await textOf(file)] as const));
	const byFile = new Map(texts);
	const tabs = own.filter(({ type }) => type === "tab"); // more than one where tabs are linked
	const revisions = tabs.map(({ id }) => flowRevision(own, id, (file) => byFile.get(file) ?? ""));
	return {
		name: {
			label: `${label} (${whence})`,
			hash: revisions.join("-"),
			tabId,
			kind: "",
			connectionId: "",
		},
		revision: { flows: own, tabId, subject: subjectFor(own, tabId) },
		kinds: kindsOf(own),
	};
}

async function readyMapping({ file, expression, kind, connectionId }: MappingRef): Promise<ReadyRevision> {
	if ((file === undefined) === (expression === undefined))
		throw hubError("INVALID", "a mapping is a file or an expression", { field: "mapping" });
	return mappingOf(expression ?? (await textOf(file ?? "")), kind, connectionId, file ?? "expression");
}

const mappingOf = (source: string, kind: PushKind, connectionId: string, label: string): ReadyRevision => ({
	name: {
		label: `${kind} → ${connectionId} (${label})`,
		hash: hashOf([kind, connectionId, source]),
		tabId: "",
		kind,
		connectionId,
	},
	revision: { mapping: { source, kind, connectionId } },
	kinds: [kind],
});

/** The different mappings that make such documents now. */
async function deployedMappings(flows: readonly FlowNode[], kind: PushKind, connectionId: string): Promise<string[]> {
	const nodes = mappingNodesFor(flows, kind, connectionId);
	const texts = nodes.map(({ source, expression, file }) =>
		source === "inline" ? String(expression) : textOf(String(file)),
	);
	return [...new Set(await Promise.all(texts))];
}

async function textOf(file: string): Promise<string> {
	try {
		return await readMapping(file);
	} catch {
		throw hubError("INVALID", `there is no mapping file ${file}`, { field: "mapping" });
	}
}

const hashOf = (parts: readonly string[]): string =>
	createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 16);
