/** Small charts, drawn as SVG that takes its colours from the page around it. */
package io.github.telcochurn.batch.report.chart;
