import { hubError } from "../../config/errors.ts";
import type { ErpDriver } from "./driver.ts";
import { generic } from "./generic/driver.ts";
import { qimen } from "./qimen/driver.ts";

/** Every ERP dialect the hub speaks. Removing one is removing its folder, its mappings and its line here. */
export const dialects: Readonly<Record<string, ErpDriver>> = { qimen, generic };

/** @throws ERP_UNKNOWN_DIALECT */
export function driverOf(dialect: string): ErpDriver {
	const driver = Object.hasOwn(dialects, dialect) ? dialects[dialect] : undefined;
	if (!driver) throw hubError("ERP_UNKNOWN_DIALECT", dialect, { dialect });
	return driver;
}
