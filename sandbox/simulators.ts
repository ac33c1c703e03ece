import { Counters } from "./counters.ts";
import { AutoShip } from "./erp/auto-ship.ts";
import { Behaviours } from "./erp/behaviour.ts";
import { Caller } from "./erp/caller.ts";
import { Documents } from "./erp/documents.ts";
import type { ErpKind } from "./erp/erp.ts";
import { erpnext } from "./erp/erpnext/simulator.ts";
import { generic } from "./erp/generic/simulator.ts";
import { kingdee } from "./erp/kingdee/simulator.ts";
import { qimen } from "./erp/qimen/simulator.ts";
import { wdt } from "./erp/wdt/simulator.ts";
import { FaultPlan } from "./faults.ts";
import { Journal } from "./journal.ts";
import { douyin } from "./platforms/douyin/simulator.ts";
import { jd } from "./platforms/jd/simulator.ts";
import { kuaishou } from "./platforms/kuaishou/simulator.ts";
import { Market } from "./platforms/market.ts";
import { Messenger } from "./platforms/messenger.ts";
import { pdd } from "./platforms/pdd/simulator.ts";
import type { PlatformKind, PlatformSimulator } from "./platforms/platform.ts";
import { Shelf } from "./platforms/shelf.ts";
import { taobao } from "./platforms/taobao/simulator.ts";
import { Waybills } from "./platforms/waybills.ts";
import { weixin } from "./platforms/weixin/simulator.ts";
import { xiaohongshu } from "./platforms/xiaohongshu/simulator.ts";
import { PrintRoom } from "./print/print-room.ts";
import type { Target } from "./target.ts";

/** Every platform and every ERP there is: a folder, and its name here. */
export const platformKinds: readonly PlatformKind[] = [taobao, jd, pdd, kuaishou, xiaohongshu, douyin, weixin];
export const erpKinds: readonly ErpKind[] = [qimen, generic, kingdee, erpnext, wdt];

/** All simulators over one data folder, and what they share. */
export class Simulators {
	readonly journal: Journal;
	readonly faults: FaultPlan;
	readonly counters = new Counters();
	readonly market: Market;
	readonly shelf: Shelf;
	readonly waybills: Waybills;
	readonly messenger: Messenger;
	readonly behaviours: Behaviours;
	readonly documents: Documents;
	readonly autoShip: AutoShip;
	readonly caller: Caller;
	readonly platforms: readonly PlatformSimulator[];
	readonly printRoom: PrintRoom;
	/** Platforms, ERPs and print components alike, by name. */
	readonly targets: ReadonlyMap<string, Target>;

	constructor(dir: string) {
		const journal = new Journal(dir);
		const { counters } = this;
		const faults = new FaultPlan(journal);
		const rules = new Map(platformKinds.map((kind) => [kind.name, kind]));
		const market = new Market(journal, faults, rules);
		const shelf = new Shelf(journal, faults, rules);
		const waybills = new Waybills(journal, market);
		const behaviours = new Behaviours(
			journal,
			erpKinds.map((kind) => kind.dialect),
		);
		const documents = new Documents(journal, behaviours);
		this.journal = journal;
		this.faults = faults;
		this.market = market;
		this.shelf = shelf;
		this.waybills = waybills;
		this.behaviours = behaviours;
		this.documents = documents;
		const silent = new Set(erpKinds.filter((kind) => kind.silent).map((kind) => kind.dialect));
		this.caller = new Caller(erpKinds, faults);
		this.autoShip = new AutoShip(documents, behaviours, journal, silent, this.caller);
		const parts = { market, faults, counters, journal, shelf, waybills };
		this.platforms = platformKinds.map((kind) => kind.create(parts));
		this.messenger = new Messenger(parts, this.platforms);
		const erps = erpKinds.map((kind) => kind.create({ documents, faults, counters }));
		this.printRoom = new PrintRoom({ ...parts, platforms: this.platforms });
		const targets: Target[] = [...this.platforms, ...erps, ...this.printRoom.components];
		this.targets = new Map(targets.map((target) => [target.name, target]));
		journal.flush();
	}

	platform(name: string): PlatformSimulator | undefined {
		return this.platforms.find((platform) => platform.name === name);
	}

	/** Empties everything but what was set up: tokens, how the ERPs behave, and where messages go. */
	reset(seed: string): void {
		this.faults.clear();
		this.faults.reseed(seed);
		this.counters.reset();
		this.market.reset(seed);
		this.shelf.reset();
		this.waybills.reset();
		this.documents.reset();
		this.messenger.reset();
		this.journal.clear("message");
		for (const platform of this.platforms) platform.reset();
		this.printRoom.reset();
		this.autoShip.reload();
	}

	close(): void {
		this.autoShip.stop();
		this.messenger.stop();
		this.journal.close();
	}
}
