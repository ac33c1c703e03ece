import { identical } from "../bson/compare.ts";
import type { Doc, Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import type { Scope } from "../expression/operator.ts";
import { readStage } from "../pipeline/stage.ts";
import { transforms } from "../pipeline/transforms.ts";
import type { CompiledUpdate } from "./update.ts";

/** An update given as stages. `_id` is kept when a stage drops it. */
export function compilePipelineUpdate(stages: Value[], scope: Scope): CompiledUpdate {
	const steps = stages.map((stage) => {
		const [name, operand] = readStage(stage);
		const compile = Object.hasOwn(transforms, name) ? transforms[name] : undefined;
		if (!compile) throw new StoreError("InvalidOptions", `${name} is not allowed to be used within an update`);
		return compile(operand, scope);
	});
	return {
		isReplacement: false,
		usesPosition: false,
		apply(doc) {
			const result = steps.reduce((current: Doc, step) => step(current), doc);
			const kept = result._id === undefined && doc._id !== undefined ? { _id: doc._id, ...result } : result;
			return identical(kept, doc) ? doc : kept;
		},
	};
}
