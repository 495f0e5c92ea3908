// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Regions} from "./Regions.sol";
import {vm} from "./test/Vm.t.sol";

contract RegionsTest {
    using Regions for uint24;

    function test_aProvinceACityADistrictAndTheCountryAreValid() public pure {
        vm.assertTrue(uint24(0).isValid());
        vm.assertTrue(uint24(460000).isValid());
        vm.assertTrue(uint24(460200).isValid());
        vm.assertTrue(uint24(460203).isValid());
        vm.assertTrue(uint24(999999).isValid());
        vm.assertTrue(uint24(100000).isValid());
    }

    function test_fewerOrMoreThanSixDigitsAreNotValid() public pure {
        vm.assertFalse(uint24(1).isValid());
        vm.assertFalse(uint24(46).isValid());
        vm.assertFalse(uint24(99999).isValid());
        vm.assertFalse(uint24(1_000_000).isValid());
        vm.assertFalse(type(uint24).max.isValid());
    }

    function test_aDistrictWithoutACityIsNotValid() public pure {
        vm.assertFalse(uint24(460001).isValid());
        vm.assertFalse(uint24(460099).isValid());
    }

    function test_aRegionLiesInItselfItsCityItsProvinceAndTheCountry() public pure {
        vm.assertTrue(uint24(460203).isWithin(460203));
        vm.assertTrue(uint24(460203).isWithin(460200));
        vm.assertTrue(uint24(460203).isWithin(460000));
        vm.assertTrue(uint24(460203).isWithin(0));
        vm.assertTrue(uint24(0).isWithin(0));
    }

    function test_aRegionLiesInNoNeighbourAndNotInWhatLiesInIt() public pure {
        vm.assertFalse(uint24(460203).isWithin(460100));
        vm.assertFalse(uint24(460203).isWithin(460204));
        vm.assertFalse(uint24(460203).isWithin(440000));
        vm.assertFalse(uint24(460200).isWithin(460203));
        vm.assertFalse(uint24(460000).isWithin(460200));
        vm.assertFalse(uint24(0).isWithin(460000));
    }

    function testFuzz_validityAgreesWithTheDigits(uint24 code) public pure {
        uint256 province = code / 10_000;
        uint256 city = (code / 100) % 100;
        uint256 district = code % 100;
        bool isCode = province >= 10 && province <= 99 && (city != 0 || district == 0);
        vm.assertTrue(code.isValid() == (code == 0 || isCode));
    }

    function testFuzz_lyingWithinAgreesWithComparingDigits(
        uint256 a,
        uint256 b,
        uint256 near
    ) public pure {
        uint24 region = _regionFrom(a);
        uint24 outer = near % 4 == 0 ? _regionFrom(b) : _regionAbove(region, near % 4);
        vm.assertTrue(region.isWithin(outer) == _isWithinByDigits(region, outer));
    }

    function _regionFrom(uint256 seed) private pure returns (uint24) {
        uint256 province = 10 + (seed % 90);
        uint256 city = (seed >> 8) % 100;
        uint256 district = city == 0 ? 0 : (seed >> 16) % 100;
        return seed % 97 == 0 ? 0 : uint24(province * 10_000 + city * 100 + district);
    }

    function _regionAbove(uint24 region, uint256 levels) private pure returns (uint24) {
        if (levels == 1) return (region / 100) * 100;
        return levels == 2 ? (region / 10_000) * 10_000 : 0;
    }

    function _isWithinByDigits(uint24 region, uint24 outer) private pure returns (bool) {
        if (outer == 0) return true;
        if (region / 10_000 != outer / 10_000) return false;
        if ((outer / 100) % 100 == 0) return true;
        if ((region / 100) % 100 != (outer / 100) % 100) return false;
        return outer % 100 == 0 || region % 100 == outer % 100;
    }
}
