import type { ServiceSchema } from "moleculer";
import { hubError } from "../../config/errors.ts";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { ownsModels } from "../../mixins/database.ts";
import { type View, ViewModel, type Views } from "./view.model.ts";

const viewsMost = 50;
const viewBytes = 2_048;

const page = { type: "string", pattern: "^[a-z][a-z-]{0,39}$" } as const;
const name = { type: "string", trim: true, min: 1, max: 40 } as const;
const key = { type: "string", pattern: "^[A-Za-z]\\w{0,39}$" } as const;
/** The digits of a phone are kept nowhere. */
const keptNowhere = "phoneTail";

interface OfPage {
	page: string;
}

/** view: the filters and columns that people keep for themselves, page by page. */
const ViewService: ServiceSchema = {
	name: "view",
	mixins: [ownsModels(ViewModel)],
	actions: {
		/** The caller's own, in the order they were given: {views: View[]}. */
		list: {
			params: { $$strict: true, page },
			async handler(ctx: HubContext<OfPage>): Promise<{ views: View[] }> {
				const stored = await ViewModel.findById(idOf(ctx)).lean<Views>();
				return { views: stored?.views ?? [] };
			},
		},
		/** Puts these in place of the caller's own. @throws INVALID for two of one name, or one that is too large */
		save: {
			params: {
				$$strict: true,
				page,
				views: {
					type: "array",
					max: viewsMost,
					items: {
						type: "object",
						strict: true,
						props: {
							name,
							query: { type: "record", key, value: "string|max:1000" },
							columns: { type: "array", max: 100, unique: true, items: "string|min:1|max:60" },
						},
					},
				},
			},
			async handler(ctx: HubContext<OfPage & { views: View[] }>): Promise<{ views: View[] }> {
				const { views } = ctx.params;
				for (const [at, view] of views.entries()) checkView(view, at, views);
				await ViewModel.updateOne({ _id: idOf(ctx) }, { $set: { views } }, { upsert: true });
				return { views };
			},
		},
	},
};

const idOf = (ctx: HubContext<OfPage>): string => `${ctx.params.page}:${actorOf(ctx)}`;

function checkView(view: View, at: number, views: readonly View[]): void {
	const refuse = (field: string, why: string): Error => hubError("INVALID", why, { field: `views[${at}].${field}` });
	if (views.findIndex((other) => other.name === view.name) !== at) throw refuse("name", "another has this name");
	if (Object.hasOwn(view.query, keptNowhere)) throw refuse("query", "the digits of a phone are not kept");
	const bytes = Buffer.byteLength(JSON.stringify(view));
	if (bytes > viewBytes) throw refuse("query", `a view has at most ${viewBytes} bytes, not ${bytes}`);
}

export default ViewService;
