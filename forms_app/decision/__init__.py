"""From the order of merit to what is public: adjustment, decision, letter, release and public notice."""
