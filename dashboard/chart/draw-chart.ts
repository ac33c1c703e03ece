/** Draws a chart into a box of the page. ECharts is big: this module is loaded when the first chart is shown. */
import { type EChartsOption, init } from "echarts";
import type { MakeOption, Paint } from "./chart.ts";

export interface DrawnChart {
	draw(option: MakeOption): void;
	dispose(): void;
}

const paint: Paint = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** What every chart of the dashboard has in common. */
function look(): object {
	const axis = {
		axisLine: { lineStyle: { color: paint("line") } },
		axisTick: { show: false },
		axisLabel: { color: paint("faint"), fontSize: 11, hideOverlap: true },
		splitLine: { lineStyle: { color: paint("line") } },
		nameTextStyle: { color: paint("faint"), fontSize: 11, align: "left" },
	};
	return {
		backgroundColor: "transparent",
		textStyle: { fontFamily: "inherit" },
		categoryAxis: { ...axis, splitLine: { show: false } },
		valueAxis: { ...axis, axisLine: { show: false } },
		legend: { textStyle: { color: paint("text"), fontSize: 12 }, pageIconColor: paint("faint") },
		tooltip: {
			backgroundColor: paint("card"),
			borderColor: paint("line"),
			textStyle: { color: paint("text"), fontSize: 12 },
		},
	};
}

const common = {
	animation: false, // figures that change every few seconds must not dance
	grid: { left: 4, right: 8, top: 52, bottom: 4, containLabel: true },
	legend: { type: "scroll", top: 0, left: 0, right: 0, itemWidth: 12, itemHeight: 10, itemGap: 14 },
	tooltip: { trigger: "axis", confine: true },
};

export function drawChart(box: HTMLElement): DrawnChart {
	const chart = init(box, null, { renderer: "svg" });
	const watcher = new ResizeObserver(() => chart.resize());
	watcher.observe(box);
	return {
		draw(option) {
			chart.setTheme(look());
			chart.setOption({ ...common, ...option(paint) } as EChartsOption, { notMerge: true });
		},
		dispose() {
			watcher.disconnect();
			chart.dispose();
		},
	};
}
