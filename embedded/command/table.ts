/** Every command there is. Whatever is not here is refused with code 59. */
import { StoreError } from "../errors.ts";
import { aggregateCommands } from "./aggregate.ts";
import { collectionCommands } from "./collections.ts";
import type { Command, Commands } from "./command.ts";
import { cursorCommands } from "./cursor.ts";
import { explainCommands } from "./explain.ts";
import { findCommands } from "./find.ts";
import { helloCommands } from "./hello.ts";
import { indexCommands } from "./indexes.ts";
import { checkCommandFields, type Request } from "./request.ts";
import { statusCommands } from "./status.ts";
import { writeCommands } from "./write.ts";

export const COMMANDS: Commands = {
	...helloCommands,
	...findCommands,
	...cursorCommands,
	...aggregateCommands,
	...writeCommands,
	...indexCommands,
	...collectionCommands,
	...statusCommands,
	...explainCommands,
};

/** The command that answers a request, its fields checked. */
export function commandOf(request: Request): Command {
	const { name } = request;
	const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
	if (command === undefined) throw new StoreError("CommandNotFound", `no such command: '${name}'`);
	if (command.fields) checkCommandFields(request, command.fields);
	return command;
}
