// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {RegionalAuthority} from "./RegionalAuthority.sol";
import {Regions} from "./Regions.sol";
import {Deployment} from "./test/Deployment.t.sol";
import {vm} from "./test/Vm.t.sol";

contract Counter is RegionalAuthority {
    constructor(IAccessManager manager) RegionalAuthority(manager) {}

    function act(uint24 region) external view {
        _requireAuthority(region);
    }

    function isAuthority(address account, uint24 region) external view returns (bool) {
        return _isAuthority(account, region);
    }
}

contract RegionalAuthorityTest is Deployment {
    using Regions for uint24;

    Counter private counter;

    function setUp() public override {
        super.setUp();
        counter = new Counter(access);
    }

    function test_theAccessManagerIsTheOneOfTheDeployment() public view {
        vm.assertEq(address(counter.accessManager()), address(access));
    }

    function test_theNationalAuthorityActsForEveryRegion() public {
        _allow(NATION, COUNTRY);
        _allow(NATION, HAINAN);
        _allow(NATION, SANYA);
        _allow(NATION, JIYANG);
    }

    function test_aProvinceActsForItselfItsCitiesAndTheirDistricts() public {
        _allow(PROVINCE, HAINAN);
        _allow(PROVINCE, SANYA);
        _allow(PROVINCE, JIYANG);
        _refuse(PROVINCE, COUNTRY);
        _refuse(PROVINCE, GUANGDONG);
    }

    function test_aCityActsForItselfAndItsDistricts() public {
        _allow(CITY, SANYA);
        _allow(CITY, JIYANG);
        _refuse(CITY, HAINAN);
        _refuse(CITY, HAIKOU);
        _refuse(CITY, COUNTRY);
    }

    function test_aDistrictActsForItselfAlone() public {
        _allow(DISTRICT, JIYANG);
        _refuse(DISTRICT, 460204);
        _refuse(DISTRICT, SANYA);
        _refuse(DISTRICT, HAINAN);
        _refuse(DISTRICT, COUNTRY);
    }

    function test_aStrangerActsForNoRegion() public {
        _refuse(STRANGER, COUNTRY);
        _refuse(STRANGER, HAINAN);
        _refuse(STRANGER, SANYA);
        _refuse(STRANGER, JIYANG);
    }

    function test_theAdministratorOfTheAccessManagerIsNoAuthority() public {
        _refuse(address(this), COUNTRY);
        _refuse(address(this), JIYANG);
    }

    function test_anAuthorityThatLostItsRoleActsNoMore() public {
        vm.prank(PROVINCE);
        access.dismiss(SANYA, CITY, BASIS);
        _refuse(CITY, SANYA);
    }

    function test_anAuthorityActsOnlyAfterItsAppointmentIsInEffect() public {
        _appoint(STRANGER, SANYA);
        vm.warp(NOW + DELAY - 1);
        _refuse(STRANGER, SANYA);
        vm.warp(NOW + DELAY);
        _allow(STRANGER, SANYA);
    }

    function test_anAuthorityUnderAnExecutionDelayCannotSkipIt() public {
        AccessManager manager = new AccessManager(address(this));
        manager.grantRole(1_000_000 + SANYA, CITY, 0);
        manager.grantRole(1_000_000 + SANYA, STRANGER, 1 days);
        counter = new Counter(manager);
        _allow(CITY, SANYA);
        _refuse(STRANGER, SANYA);
    }

    function testFuzz_aRegionsAuthorityIsOneOverExactlyWhatLiesInIt(
        uint256 seed,
        uint256 otherSeed
    ) public {
        uint24 held = _regionFrom(otherSeed);
        uint24 region = _regionFrom(seed);
        _appoint(STRANGER, held);
        vm.warp(NOW + DELAY);
        vm.assertTrue(counter.isAuthority(STRANGER, region) == region.isWithin(held));
    }

    function testFuzz_aRegionsAuthorityIsOneOverWhatHasItsDigits(
        uint256 seed,
        uint256 level
    ) public {
        uint24 region = _regionFrom(seed);
        uint24[4] memory outer = [region, region.cityOf(), region.provinceOf(), COUNTRY];
        _appoint(STRANGER, outer[level % 4]);
        vm.warp(NOW + DELAY);
        vm.assertTrue(counter.isAuthority(STRANGER, region));
    }

    /// @dev Of two provinces with two cities of two districts each, so that regions meet often.
    function _regionFrom(uint256 seed) private pure returns (uint24) {
        uint256 city = (seed >> 8) % 3;
        uint256 district = city == 0 ? 0 : (seed >> 16) % 3;
        return uint24((44 + (seed % 2)) * 10_000 + city * 100 + district);
    }

    function _allow(address account, uint24 region) private {
        vm.prank(account);
        counter.act(region);
    }

    function _refuse(address account, uint24 region) private {
        _expectUnauthorised(account, region);
        vm.prank(account);
        counter.act(region);
    }
}
