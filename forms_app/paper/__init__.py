"""Forms on paper and in Word: printed, stamped, filled in offline and read back; answers as spreadsheets."""
