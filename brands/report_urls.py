"""Addresses of the yearly reports and of the units' records, below /admin/office/reports/."""

from django.urls import path

from .views import reports

app_name = "yearly"
urlpatterns = [
    path("", reports.index, name="index"),
    path("units/", reports.units, name="units"),
    path("units.xlsx", reports.units_book, name="units_xlsx"),
    path("units/print/", reports.units_print, name="units_print"),
    path("units/<slug:code>/", reports.unit, name="unit"),
    path("units/<slug:code>.xlsx", reports.unit_book, name="unit_xlsx"),
    path("units/<slug:code>/print/", reports.unit_print, name="unit_print"),
    path("<int:year>/", reports.overview, name="year"),
    path("<int:year>.xlsx", reports.year_book, name="year_xlsx"),
    path("<int:year>/print/", reports.year_print, name="year_print"),
    path("<int:year>/<slug:code>/", reports.report, name="report"),
    path("<int:year>/<slug:code>.xlsx", reports.report_book, name="report_xlsx"),
    path("<int:year>/<slug:code>/print/", reports.report_print, name="report_print"),
]
