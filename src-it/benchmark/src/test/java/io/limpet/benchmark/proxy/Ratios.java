package io.limpet.benchmark.proxy;

import io.limpet.benchmark.proxy.Sheet.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/** A picture of what the proxies cost beside the first of them, case by case. */
final class Ratios {

    /** What is above it is cut off, so that the others can be told apart. */
    private static final double MOST = 8;

    private Ratios() {}

    static void draw(Sheet sheet, List<String> cases, Path picture) {
        String base = sheet.proxies(cases.get(0), Metric.CPU_MICROS).get(0);
        CategoryChart chart = new CategoryChartBuilder()
                .width(1_000)
                .height(450)
                .title("CPU time of the proxy for one request, " + base + " = 1")
                .build();
        chart.getStyler().setYAxisMax(MOST);
        chart.getStyler().setXAxisLabelRotation(20);
        chart.getStyler().setPlotGridVerticalLinesVisible(false);
        for (String proxy : sheet.proxies(cases.get(0), Metric.CPU_MICROS)) {
            List<Double> ratios = cases.stream()
                    .map(measured -> ratio(sheet, measured, proxy, base))
                    .toList();
            chart.addSeries(proxy, cases, ratios);
        }
        try {
            // as SVG it is ten times as large: each letter is drawn
            BitmapEncoder.saveBitmap(chart, picture.toString(), BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double ratio(Sheet sheet, String measured, String proxy, String base) {
        return sheet.proxies(measured, Metric.CPU_MICROS).contains(proxy)
                ? sheet.ratio(measured, proxy, base, Metric.CPU_MICROS).median()
                : 0;
    }
}
