import { hubError } from "../../config/errors.ts";
import type { ErpDriver } from "./driver.ts";
import { erpnext } from "./erpnext/driver.ts";
import { generic } from "./generic/driver.ts";
import { kingdee } from "./kingdee/driver.ts";
import { qimen } from "./qimen/driver.ts";
import { wdt } from "./wdt/driver.ts";

/** Every ERP dialect the hub speaks. Removing one is removing its folder, its mappings and its line here. */
export const dialects: Readonly<Record<string, ErpDriver>> = { qimen, generic, kingdee, erpnext, wdt };

/** @throws ERP_UNKNOWN_DIALECT */
export function driverOf(dialect: string): ErpDriver {
	const driver = Object.hasOwn(dialects, dialect) ? dialects[dialect] : undefined;
	if (!driver) throw hubError("ERP_UNKNOWN_DIALECT", dialect, { dialect });
	return driver;
}
