/** Who caused something, as mixins/actor.ts writes it ("user:admin"), for people. */
import type { Words } from "./language.ts";
import { inWords } from "./language.ts";

export interface ActorKind {
	words: Words;
	icon: string;
}

const kinds: Readonly<Record<string, ActorKind>> = {
	user: { words: ["用户 {who}", "{who}"], icon: "account" },
	client: { words: ["接口程序 {who}", "program {who}"], icon: "api" },
	flow: { words: ["流程 {who}", "flow {who}"], icon: "sitemap-outline" },
	rule: { words: ["规则 {who}", "rule {who}"], icon: "scale-balance" },
	platform: { words: ["平台 {who}", "platform {who}"], icon: "storefront-outline" },
	clock: { words: ["定时", "the clock"], icon: "clock-outline" },
	hub: { words: ["系统", "the hub"], icon: "cog-outline" },
};

const kindOf = (actor: string): ActorKind | undefined => kinds[actor.split(":")[0] ?? ""];

/** "user:admin" -> "用户 admin"; what is of no known kind stays as it is. */
export function actorName(actor: string): string {
	const kind = kindOf(actor);
	return kind ? inWords(kind.words, { who: actor.slice(actor.indexOf(":") + 1) }) : actor;
}

export const actorIcon = (actor: string): string => kindOf(actor)?.icon ?? "help-circle-outline";
