package io.limpet.benchmark.proxy;

import io.limpet.benchmark.proxy.Sheet.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** A picture of what a request costs each proxy, over a number that stands behind the colon of each case's name. */
final class Curve {

    private Curve() {}

    static void draw(Sheet sheet, List<String> cases, Path picture) {
        String title = cases.get(0).substring(0, cases.get(0).indexOf(':'));
        XYChart chart = new XYChartBuilder()
                .width(800)
                .height(400)
                .title(title)
                .yAxisTitle(Metric.CPU_MICROS.toString())
                .build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisMin(0.0);
        for (String proxy : sheet.proxies(cases.get(0), Metric.CPU_MICROS)) {
            List<String> taken = cases.stream()
                    .filter(measured ->
                            sheet.proxies(measured, Metric.CPU_MICROS).contains(proxy))
                    .toList();
            chart.addSeries(
                    proxy,
                    taken.stream().map(Curve::number).toList(),
                    taken.stream()
                            .map(measured ->
                                    sheet.of(measured, proxy, Metric.CPU_MICROS).median())
                            .toList());
        }
        try {
            BitmapEncoder.saveBitmap(chart, picture.toString(), BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double number(String measured) {
        return Double.parseDouble(measured.substring(measured.indexOf(':') + 1).trim());
    }
}
